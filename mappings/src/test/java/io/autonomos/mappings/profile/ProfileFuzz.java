package io.autonomos.mappings.profile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a record holds, the profile of its stream takes it in. Run with fresh bytes by the
 * profile {@code fuzz}.
 */
public final class ProfileFuzz {

    private static final int LONGEST_TEXT = 20_000;

    private ProfileFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        RecordFields record = RecordFields.of(data);
        for (RecordFields.Leaf leaf : record.leaves().values()) {
            assertThat(leaf.text() == null ? 0 : leaf.text().length()).isLessThan(LONGEST_TEXT);
        }
        StreamSchema schema = new StreamSchema();
        schema.add("1", record);
        assertThat(schema.records()).isEqualTo(1);
    }
}
