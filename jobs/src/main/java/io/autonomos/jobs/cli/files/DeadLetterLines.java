package io.autonomos.jobs.cli.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.operators.source.files.Utf8;
import io.autonomos.schemas.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes dead letters as JSON lines: code, message, field, file, line and raw.
 *
 * <p>{@code raw} is the record as it stands in the file. Where that is not UTF-8, {@code raw} is
 * the nearest text and {@code raw_base64} the exact bytes.
 */
final class DeadLetterLines {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private final OutputStream out;

    DeadLetterLines(OutputStream out) {
        this.out = out;
    }

    void write(String file, FileRecord record, Fault fault) throws IOException {
        byte[] raw = record.originalBytes();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.writeStartObject();
            json.writeStringField("code", fault.code());
            json.writeStringField("message", fault.message());
            json.writeStringField("field", fault.field());
            json.writeStringField("file", file);
            json.writeNumberField("line", record.line());
            json.writeStringField("raw", new String(raw, StandardCharsets.UTF_8));
            if (!Utf8.isValid(raw, 0, raw.length)) {
                json.writeBinaryField("raw_base64", raw);
            }
            json.writeEndObject();
        }
        out.write('\n');
    }
}
