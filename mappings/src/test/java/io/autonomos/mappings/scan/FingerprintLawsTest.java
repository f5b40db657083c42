package io.autonomos.mappings.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FingerprintLawsTest {

    private static final ScanLimits FEW_PATHS = new ScanLimits(1 << 20, 64, 1_000, 5);

    private static final RecordScanner SCANNER = new ScanPlan().newScanner(ScanLimits.DEFAULT);
    private static final RecordScanner FORGETFUL = new ScanPlan().newScanner(FEW_PATHS);
    private static final RecordScanner INDEXED = indexedPaths().newScanner(ScanLimits.DEFAULT);
    private static final RecordScanner FORGETFUL_INDEXED = indexedPaths().newScanner(FEW_PATHS);
    // jqwik makes an instance for each try: what is to last is static.
    private static final Map<Fingerprint, Set<List<Object>>> SHAPES = new HashMap<>();

    @Property(tries = 2_000, seed = "11")
    void dependsOnNothingButPathsAndTypes(@ForAll Random random) {
        RandomJson json = new RandomJson(random);
        Object object = json.object(4);
        Fingerprint fingerprint = of(SCANNER, RandomJson.plain(object));

        assertThat(of(SCANNER, json.styled(object))).isEqualTo(fingerprint);
        assertThat(of(SCANNER, RandomJson.plain(json.reordered(object)))).isEqualTo(fingerprint);
        assertThat(of(SCANNER, json.styled(json.revalued(json.reordered(object)))))
                .isEqualTo(fingerprint);
    }

    @Property(tries = 2_000, seed = "12")
    void isEqualWhereShapesAreEqualAndOnlyThere(@ForAll Random random) {
        RandomJson json = new RandomJson(random);
        Map<String, Object> object = json.object(3);
        Map<String, Object> more = new LinkedHashMap<>(object);
        more.put(json.freshName(), null);

        assertThat(of(SCANNER, RandomJson.plain(more)))
                .isNotEqualTo(of(SCANNER, RandomJson.plain(object)));
        for (Object each : List.of(object, more)) {
            Set<List<Object>> shape = Shape.of(each);
            Fingerprint fingerprint = of(SCANNER, RandomJson.plain(each));
            assertThat(SHAPES.computeIfAbsent(fingerprint, f -> shape)).isEqualTo(shape);
        }
    }

    @Property(tries = 2_000, seed = "13")
    void isTheSameWhenPathsAreForgottenAndWithPathsThatNameElements(@ForAll Random random) {
        RandomJson json = new RandomJson(random);
        byte[] record = json.styledWithDuplicates(json.object(5));
        Fingerprint fingerprint = of(SCANNER, record);
        String duplicate = SCANNER.duplicateName();

        for (RecordScanner other : List.of(FORGETFUL, INDEXED, FORGETFUL_INDEXED)) {
            assertThat(of(other, record)).isEqualTo(fingerprint);
            assertThat(other.duplicateName()).isEqualTo(duplicate);
        }
    }

    @Test
    void differsWhenOnePathOrOneTypeDiffers() {
        List<String> different =
                List.of(
                        "{}",
                        "{\"a\":1}",
                        "{\"a\":\"1\"}",
                        "{\"a\":true}",
                        "{\"a\":null}",
                        "{\"a\":{}}",
                        "{\"a\":[]}",
                        "{\"a\":[1]}",
                        "{\"a\":[\"1\"]}",
                        "{\"a\":[1,\"1\"]}",
                        "{\"a\":[[1]]}",
                        "{\"a\":[[]]}",
                        "{\"a\":{\"\":1}}",
                        "{\"a\":{\"[]\":1}}",
                        "{\"a[]\":1}",
                        "{\"b\":1}",
                        "{\"A\":1}",
                        "{\"\":1}",
                        "{\"a\":{\"b\":1}}",
                        "{\"a.b\":1}",
                        "{\"ab\":1}",
                        "{\"ba\":1}",
                        "{\"a\":1,\"b\":1}",
                        "{\"a\":{\"b\":1},\"b\":1}",
                        "{\"b\":{\"a\":1},\"a\":1}",
                        "{\"\\u0000\":1}",
                        "{\"\\u0000\\u0000\":1}",
                        "{\"\\ud800\":1}",
                        "{\"\\ud801\":1}",
                        "{\"?\":1}",
                        "{\"\\ufffd\":1}",
                        "{\"a\":[{\"b\":1}]}",
                        "{\"a\":[{},{\"b\":\"\"}]}");

        assertThat(different.stream().map(text -> of(SCANNER, text.getBytes(UTF_8))))
                .doesNotHaveDuplicates();
    }

    @Test
    void staysAsItIsFromVersionToVersion() {
        byte[] record =
                "{\"Id\":\"1\",\"n\":[1,{\"x\":null}],\"o\":{\"é\":true,\"v\":{}}}".getBytes(UTF_8);

        assertThat(of(SCANNER, record).hex()).isEqualTo("2a844e6fa0539060f7d3700218dcd192");
    }

    @Test
    void recordsWithNamesOfTheirOwnDoNotGrowMemory() {
        int most = FEW_PATHS.maxPaths();
        for (int i = 0; i < 5_000; i++) {
            String deep = "[".repeat(i % 50) + "]".repeat(i % 50);
            String record = "{\"k%d\":{\"m%d\":1},\"j%d\":[%s]}".formatted(i, i, i, deep);
            Fingerprint first = of(FORGETFUL, record.getBytes(UTF_8));
            assertThat(FORGETFUL.learnedPaths()).isLessThanOrEqualTo(most);
            assertThat(first).isEqualTo(of(SCANNER, record.getBytes(UTF_8)));
        }
        assertThat(SCANNER.learnedPaths()).isLessThanOrEqualTo(ScanLimits.DEFAULT.maxPaths());
    }

    @Test
    void aNameIsADuplicateOnlyWithinOneObjectOfOneRecord() {
        ScanPlan plan = new ScanPlan();
        plan.slot(SourcePath.parse("a[0].x"));
        RecordScanner elements = plan.newScanner(ScanLimits.DEFAULT);
        of(elements, "{\"a\":[{\"y\":1},{\"x\":2}]}".getBytes(UTF_8));
        of(elements, "{\"a\":[{\"x\":1},{\"x\":2}]}".getBytes(UTF_8));

        assertThat(elements.duplicateName()).isNull();
        of(elements, "{\"a\":{\"x\":1},\"x\":{\"x\":{\"x\":1}}}".getBytes(UTF_8));
        assertThat(elements.duplicateName()).isNull();
    }

    private static ScanPlan indexedPaths() {
        ScanPlan plan = new ScanPlan();
        for (String name : new String[] {"a", "b", "id", "Name", "日本", "é"}) {
            List<SourcePath.Step> steps = new ArrayList<>();
            steps.add(new SourcePath.Step(name, 0));
            steps.add(new SourcePath.Step(null, 1));
            plan.slot(new SourcePath(steps));
            steps.add(new SourcePath.Step("a", 0));
            plan.slot(new SourcePath(steps));
            steps.add(new SourcePath.Step(null, 0));
            plan.slot(new SourcePath(steps));
        }
        return plan;
    }

    private static Fingerprint of(RecordScanner scanner, byte[] record) {
        try {
            scanner.scan(record);
        } catch (ScanException e) {
            throw new AssertionError(JsonConformanceTest.show(record), e);
        }
        return new Fingerprint(scanner.fingerprintHigh(), scanner.fingerprintLow());
    }
}
