package io.autonomos.mappings.language;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.plan.PlanCompiler;
import io.autonomos.schemas.Resources;
import io.autonomos.schemas.model.EntityModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Each way to get a mapping wrong: {@code problems/*.yaml} holds files with what is said to them.
 */
class MappingProblemsTest {

    private static final String RIGHT =
            """
            mapping: m
            source: s
            stream: t
            entity: contact
            fields:
              contact_id: Id
            """;

    private record Case(String name, String file, String said) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Resources.Resource file :
                Resources.list(MappingProblemsTest.class.getClassLoader(), "problems", ".yaml")) {
            Load load = new Load(LoadSettings.builder().setLabel(file.name()).build());
            for (Object each : (List<?>) load.loadFromString(new String(file.bytes(), UTF_8))) {
                Map<?, ?> one = (Map<?, ?>) each;
                cases.add(
                        new Case(
                                (String) one.get("name"),
                                (String) one.get("file"),
                                ((String) one.get("said")).strip()));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSaidWithItsPlaceItsCodeAndWhatToDo(Case each) {
        assertThat(said(each.file.getBytes(UTF_8))).isEqualTo(each.said);
    }

    @Test
    void aRightMappingHasNoProblem() {
        assertThat(said(RIGHT.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() {
        assertThat(said((RIGHT + "# é").getBytes(ISO_8859_1)))
                .isEqualTo(
                        "t.yaml:7:3 AOS-601: the file is not valid UTF-8. Save the file as UTF-8.");
        String utf16 =
                "t.yaml:1:1 AOS-601: the file is not UTF-8, but looks like UTF-16. Save the file as"
                        + " UTF-8.";
        assertThat(said(RIGHT.getBytes(UTF_16))).isEqualTo(utf16);
        assertThat(said(RIGHT.getBytes(UTF_16LE))).isEqualTo(utf16);
        assertThat(said(RIGHT.getBytes(UTF_16BE))).isEqualTo(utf16);
        assertThat(said(new byte[] {'P', 'K', 3, 4, 1})).contains("U+0003 is not allowed");
    }

    @Test
    void aByteOrderMarkAndOtherLineEndsAreNoProblem() {
        assertThat(said(("\uFEFF" + RIGHT).getBytes(UTF_8))).isEmpty();
        assertThat(said(RIGHT.replace("\n", "\r\n").getBytes(UTF_8))).isEmpty();
        assertThat(said(RIGHT.replace("\n", "\r").getBytes(UTF_8))).isEmpty();
        assertThat(said((RIGHT + "  nme: X\n").replace("\n", "\r\n").getBytes(UTF_8)))
                .startsWith("t.yaml:7:3 AOS-605");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void aLargeOrDeepFileIsRefusedAtOnce() {
        assertThat(said((RIGHT + "#" + "x".repeat(10_000_000)).getBytes(UTF_8)))
                .startsWith("t.yaml:1:1 AOS-601: the file has more than 524288 bytes. Take one");
        assertThat(said((RIGHT + "#" + "x".repeat(500_000)).getBytes(UTF_8))).isEmpty();
        assertThat(said("[".repeat(500_000).getBytes(UTF_8)))
                .isEqualTo(
                        "t.yaml:1:17 AOS-601: nested too deep. No key needs more than three"
                                + " levels.");
        assertThat(said("{a: ".repeat(100_000).getBytes(UTF_8))).contains("nested too deep");
        assertThat(said("- ".repeat(200_000).getBytes(UTF_8))).contains("nested too deep");
        assertThat(said("? ".repeat(200_000).getBytes(UTF_8))).contains("nested too deep");
        StringBuilder indented = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            indented.append(" ".repeat(i)).append("a:\n");
        }
        assertThat(said(indented.toString().getBytes(UTF_8))).contains("nested too deep");
    }

    @Test
    void everyProblemOfAFileIsSaidAtOnce() {
        String wrong =
                """
                mapping: m
                version: one
                sourc: s
                stream: t
                entity: contact
                fields:
                  contact_id: {from: Id, scale: 0}
                  email: a..b
                """;

        assertThat(said(wrong.getBytes(UTF_8)).lines())
                .hasSize(5)
                .anyMatch(line -> line.startsWith("t.yaml:2:10 AOS-603"))
                .anyMatch(line -> line.startsWith("t.yaml:3:1 AOS-602"))
                .anyMatch(line -> line.startsWith("t.yaml:1:1 AOS-602"))
                .anyMatch(line -> line.startsWith("t.yaml:7:33 AOS-603"))
                .anyMatch(line -> line.startsWith("t.yaml:8:10 AOS-607"));
    }

    /** All problems, a line each; empty where there are none. */
    private static String said(byte[] file) {
        try {
            PlanCompiler.compile(MappingReader.read("t.yaml", file), EntityModel.shipped());
            return "";
        } catch (MappingException e) {
            assertThat(e.problems()).isNotEmpty();
            return e.getMessage();
        }
    }
}
