package io.autonomos.mappings.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.autonomos.schemas.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SchemaCodecTest {

    @Test
    void aSchemaIsReadAsItWasWritten() {
        StreamSchema schema = new StreamSchema();
        for (int i = 0; i < 3_000; i++) {
            String json = "{\"id\": %d, \"stage\": \"s%d\", \"name\": \"deal %d\"}";
            byte[] record = json.formatted(i, i % 4, i).getBytes(StandardCharsets.UTF_8);
            schema.add("r" + i, RecordFields.of(record));
        }

        StreamSchema read = SchemaCodec.read(SchemaCodec.write(schema));

        assertThat(read.records()).isEqualTo(3_000);
        assertThat(read.field("stage").distinct().count()).isEqualTo(4);
        assertThat(read.field("id").distinct().count()).isCloseTo(3_000, within(450.0));
        assertThat(read.field("id").numbers()).isEqualTo(3_000);
        assertThat(read.field("id").quantile(0.5)).isCloseTo(1_500, within(300.0));
        assertThat(read.sample().size()).isEqualTo(RecordSample.MOST_RECORDS);
        assertThat(SchemaCodec.write(schema)).hasSizeLessThan(40_000);
    }

    @Test
    void theFormWithSamplesIsStillRead() throws IOException {
        StreamSchema read = SchemaCodec.read(formTwo(false));

        FieldProfile field = read.field("amount");
        assertThat(field.present()).isEqualTo(7);
        assertThat(field.since()).isEqualTo(3);
        assertThat(field.quantile(0.5)).isEqualTo(20);
        assertThat(field.toField("amount").profile().magnitude()).isEqualTo(1.5);
        assertThat(field.distinct().isComplete()).isTrue();
        assertThat(field.distinct().count()).isEqualTo(2);
        assertThat(SchemaCodec.read(formTwo(true)).field("amount").distinct().isComplete())
                .isFalse();
    }

    @Test
    void aFormOfALaterVersionIsRefused() {
        assertThatThrownBy(() -> SchemaCodec.read(new byte[] {9}))
                .hasMessageContaining("written in form 9");
    }

    private static byte[] formTwo(boolean moreValues) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(2);
        out.writeLong(10); // records
        out.writeLong(0);
        out.writeInt(1);
        out.writeUTF("amount");
        out.writeLong(7);
        out.writeLong(7);
        for (int type = 0; type < Fingerprint.TYPES; type++) {
            out.writeLong(type == Fingerprint.NUMBER ? 7 : 0);
        }
        out.writeByte(0);
        out.writeByte(0);
        out.writeLong(14);
        out.writeLong(7); // numbers, and the sum of their magnitudes
        out.writeDouble(10.5);
        out.writeShort(3);
        out.writeDouble(10);
        out.writeDouble(20);
        out.writeDouble(30);
        out.writeBoolean(moreValues);
        out.writeShort(2);
        for (long hash : new long[] {-5, 5}) {
            out.writeLong(hash);
            out.writeLong(1);
        }
        out.writeShort(1);
        out.writeLong(77);
        out.writeLong(3);
        out.writeInt(0);
        return bytes.toByteArray();
    }
}
