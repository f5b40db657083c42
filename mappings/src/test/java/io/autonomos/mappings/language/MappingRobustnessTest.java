package io.autonomos.mappings.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.plan.PlanCompiler;
import io.autonomos.schemas.Resources;
import io.autonomos.schemas.model.EntityModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a mapping file holds, it is a mapping or says its problems. */
class MappingRobustnessTest {

    private static final String[] PIECES = {
        "mapping: ",
        "version: ",
        "source: ",
        "stream: ",
        "entity: ",
        "record-id: ",
        "clock: ",
        "each: ",
        "delete-when: ",
        "fields: ",
        "ignore: ",
        "from: ",
        "cast: ",
        "format: ",
        "values: ",
        "keep-unmapped: ",
        "scale: ",
        "split: ",
        "entries: ",
        "default: ",
        "on-error: ",
        "join: ",
        "key: ",
        "contact",
        "contact_id",
        "amount",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "? ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "~",
        "null",
        "true",
        "1",
        "0",
        "-1",
        "1e9",
        "''",
        "'",
        "\"",
        "&a ",
        "*a",
        "!!int ",
        "!x ",
        "|\n",
        ">-\n",
        "#",
        "%",
        "@",
        "`",
        "\t",
        "---\n",
        "...\n",
        "<<: ",
        "a.b",
        "a[0]",
        "a[]",
        "[]",
        "\\",
        "é",
        "\uD83D\uDE00",
        "\u0000",
        "\u0007",
        "\uFEFF",
        "\u2028",
        "yyyy-MM-dd",
        "'{'",
        "iso",
        "reject"
    };
    private static final List<String> SHIPPED = new ArrayList<>();

    static {
        for (Resources.Resource file :
                Resources.list(MappingReader.class.getClassLoader(), "mappings", ".yaml")) {
            SHIPPED.add(new String(file.bytes(), UTF_8));
        }
    }

    @Property(tries = 3_000, seed = "41")
    void aMixOfPieces(@ForAll Random random) {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(40); count > 0; count--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        isReadOrRefused(text.toString().getBytes(UTF_8));
    }

    @Property(tries = 3_000, seed = "42")
    void aShippedMappingWithPiecesChanged(@ForAll Random random) {
        StringBuilder text = new StringBuilder(SHIPPED.get(random.nextInt(SHIPPED.size())));
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + random.nextInt(8));
            text.replace(at, to, PIECES[random.nextInt(PIECES.length)]);
        }
        isReadOrRefused(text.toString().getBytes(UTF_8));
    }

    @Property(tries = 2_000, seed = "43")
    void aShippedMappingInWhichAValueIsOfAnotherKind(@ForAll Random random) {
        String[] values = {
            "{}", "[]", "~", "''", "[[a]]", "{a: {b: c}}", "[{a: b}]", "? [a]", "1.5", "'[]'"
        };
        List<String> lines =
                new ArrayList<>(SHIPPED.get(random.nextInt(SHIPPED.size())).lines().toList());
        int at = random.nextInt(lines.size());
        String value = values[random.nextInt(values.length)];
        lines.set(at, lines.get(at).replaceFirst(":.*", ": " + value));
        isReadOrRefused(String.join("\n", lines).getBytes(UTF_8));
    }

    @Property(tries = 2_000, seed = "44")
    void anyText(@ForAll String text) {
        isReadOrRefused(text.getBytes(UTF_8));
    }

    static void isReadOrRefused(byte[] file) {
        try {
            Mapping mapping = MappingReader.read("t.yaml", file);
            PlanCompiler.compile(mapping, EntityModel.shipped());
        } catch (MappingException e) {
            assertThat(e.problems()).isNotEmpty();
            for (Problem each : e.problems()) {
                assertThat(each.code().code()).startsWith("AOS-6");
                assertThat(each.message()).isNotBlank();
                assertThat(each.place().line()).isPositive();
                assertThat(each.place().column()).isPositive();
            }
        }
    }
}
