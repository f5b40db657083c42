package io.autonomos.mappings.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.ErrorCode;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ScannerPropertiesTest {

    private static final String MARKS =
            "{}[]\",:\\ \n0-1.eE+tfnu\u0000\u0001\u0080\u00C3\u00ED\u00FF";

    private static final RecordScanner SCANNER = new ScanPlan().newScanner(ScanLimits.DEFAULT);

    @Property(tries = 2_000, seed = "1")
    void anyObjectIsReadHoweverItIsWritten(@ForAll Random random) {
        RandomJson json = new RandomJson(random);
        byte[] record = json.styledWithDuplicates(json.object(4));

        assertThat(Rfc8259.accepts(record)).as(JsonConformanceTest.show(record)).isTrue();
        assertThat(outcome(record)).as(JsonConformanceTest.show(record)).isNull();
    }

    @Property(tries = 2_000, seed = "2")
    void anyChangedBytesAreReadOrRefusedAsTheGrammarSays(@ForAll Random random) {
        RandomJson json = new RandomJson(random);
        byte[] record = json.styled(json.object(4));
        for (int changes = 0; changes < 20; changes++) {
            byte[] changed = changed(record, random);
            ErrorCode outcome = outcome(changed);
            assertThat(outcome == null || outcome == ErrorCode.JSON_NOT_OBJECT)
                    .as("%s is %s", JsonConformanceTest.show(changed), outcome)
                    .isEqualTo(Rfc8259.accepts(changed));
        }
    }

    @Property(tries = 2_000, seed = "3")
    void takingEqualNamesOutLeavesTheTreeThatTheLastOnesMake(@ForAll Random random) {
        RandomJson json = new RandomJson(random);
        Object object = json.object(4);
        byte[] record = json.styledWithDuplicates(object);
        byte[] cleaned = DuplicateNames.lastWins(record);

        assertThat(outcome(cleaned)).isNull();
        assertThat(SCANNER.duplicateName()).isNull();
        assertThat(Json.read(cleaned)).isEqualTo(Json.read(RandomJson.plain(object)));
        if (outcome(record) == null && SCANNER.duplicateName() == null) {
            assertThat(cleaned).isEqualTo(record);
        }
    }

    private static byte[] changed(byte[] record, Random random) {
        byte[] changed = record.clone();
        for (int count = 1 + random.nextInt(2); count > 0; count--) {
            int at = random.nextInt(changed.length);
            byte mark = (byte) MARKS.charAt(random.nextInt(MARKS.length()));
            switch (random.nextInt(4)) {
                case 0 -> changed[at] = mark;
                case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> changed = without(changed, at);
                default -> changed = with(changed, at, mark);
            }
            if (changed.length == 0) {
                return changed;
            }
        }
        return changed;
    }

    private static byte[] without(byte[] bytes, int at) {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
        return shorter;
    }

    private static byte[] with(byte[] bytes, int at, byte one) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
        longer[at] = one;
        return longer;
    }

    private ErrorCode outcome(byte[] record) {
        try {
            SCANNER.scan(record);
            return null;
        } catch (ScanException e) {
            return e.code();
        }
    }
}
