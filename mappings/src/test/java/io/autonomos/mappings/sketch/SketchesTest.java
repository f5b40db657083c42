package io.autonomos.mappings.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SketchesTest {

    @Test
    void fewValuesAreAllKnown() {
        DistinctValues values = values(0, 250);
        values.add(3 * 7919L);

        assertThat(values.isComplete()).isTrue();
        assertThat(values.count()).isEqualTo(250);
        assertThat(values.hashes().overlap(values(200, 300).hashes())).isEqualTo(0.5);
        assertThat(values(200, 300).hashes().shareIn(values.hashes())).isEqualTo(0.5);
    }

    @Test
    void manyValuesAreCountedAndComparedInBoundedSize() throws IOException {
        DistinctValues many = values(0, 100_000);
        DistinctValues half = values(50_000, 150_000);

        assertThat(many.isComplete()).isFalse();
        assertThat(many.count()).isCloseTo(100_000, within(15_000.0));
        assertThat(many.hashes().overlap(half.hashes())).isCloseTo(0.5, within(0.15));
        assertThat(many.hashes().overlap(values(90_000, 90_400).hashes())).isEqualTo(1);
        assertThat(written(many)).hasSizeLessThanOrEqualTo(2_054);
    }

    @Property(tries = 50)
    void readingGivesWhatWasWritten(@ForAll @IntRange(max = 20_000) int count) throws IOException {
        DistinctValues before = values(0, count);
        byte[] bytes = written(before);

        DistinctValues after = read(bytes);

        assertThat(after.isComplete()).isEqualTo(before.isComplete());
        assertThat(after.count()).isCloseTo(before.count(), within(1e-6 * count));
        assertThat(after.hashes().common(before.hashes())).isEqualTo(before.hashes().size());
        assertThat(after.hashes().size()).isEqualTo(before.hashes().size());
        byte[] again = written(after);
        assertThat(written(read(again))).hasSameSizeAs(again);
        assertThat(read(again).count()).isEqualTo(after.count());
    }

    @Test
    void aSketchThatWasReadGoesOn() throws IOException {
        DistinctValues values = read(written(values(0, 10_000)));
        for (int i = 5_000; i < 40_000; i++) {
            values.add(i * 7919L);
        }

        assertThat(values.count()).isCloseTo(40_000, within(6_000.0));
    }

    @Test
    void quantilesOfFewNumbersAreExactAndOfManyAreNear() throws IOException {
        Quantiles few = new Quantiles();
        for (int i = 1; i <= 5; i++) {
            few.add(i);
        }
        Quantiles many = new Quantiles();
        for (int i = 0; i < 1_000_000; i++) {
            many.add((double) (i * 7919L % 1_000_000));
        }

        assertThat(new Quantiles().at(0.5)).isNaN();
        assertThat(few.at(0.1)).isEqualTo(1);
        assertThat(few.at(0.5)).isEqualTo(3);
        assertThat(few.at(0.9)).isEqualTo(5);
        assertThat(many.at(0.1)).isCloseTo(100_000, within(100_000.0));
        assertThat(many.at(0.9)).isCloseTo(900_000, within(100_000.0));
        Quantiles again = copy(many);
        assertThat(again.count()).isEqualTo(1_000_000);
        assertThat(again.at(0.5)).isCloseTo(500_000, within(100_000.0));
    }

    private static DistinctValues values(int from, int to) {
        DistinctValues values = new DistinctValues();
        for (int i = from; i < to; i++) {
            values.add(i * 7919L);
        }
        return values;
    }

    private static byte[] written(DistinctValues values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        values.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DistinctValues read(byte[] bytes) throws IOException {
        return DistinctValues.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static Quantiles copy(Quantiles values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        values.write(new DataOutputStream(bytes));
        assertThat(bytes.size()).isLessThan(2_500);
        return Quantiles.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
