package io.autonomos.operators.materialize;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;

/** Records as messages that leave the job and come back, and as the events they were. */
final class RecordMessages {

    private static final JsonFactory JSON = new JsonFactory();

    private RecordMessages() {}

    /** Says that a record of a row is to find its row anew. */
    static RebuildMessage move(EntitySchema entity, Contribution said) {
        JsonBuffer data = new JsonBuffer(1 << 9);
        data.put('{');
        for (EntityField field : entity.fields()) {
            int at = 2 * field.index();
            if (at < said.values().length && said.values()[at] >= 0) {
                if (data.size() > 1) {
                    data.put(',');
                }
                data.quoted(field.name()).put(':');
                data.put(said.json(), said.values()[at], said.values()[at + 1]);
            }
        }
        data.put('}');
        return new RebuildMessage(
                RebuildMessage.MOVE,
                said.key().tenant(),
                entity.name(),
                said.key().connection(),
                said.key().stream(),
                said.source(),
                said.recordId(),
                text(said.version()),
                Instant.EPOCH.plus(said.eventTime(), ChronoUnit.MICROS),
                said.mapping(),
                said.mappingVersion(),
                new String(data.toBytes(), UTF_8));
    }

    /** A version of a record as text. */
    static String text(long version) {
        return HexFormat.of().toHexDigits(version);
    }

    /** The record's key, {@link Keys#record}. */
    static String key(RebuildMessage message) {
        return Keys.record(message.entity(), key(message, message.stream()), message.recordId());
    }

    private static StreamKey key(RebuildMessage message, String stream) {
        return new StreamKey(message.tenant(), message.connection(), stream);
    }

    /**
     * The event that said what the message says.
     *
     * @param id of the event
     * @param position of the event
     */
    static CanonicalEvent event(
            RebuildMessage message, EntitySchema entity, String id, long position) {
        byte[] data = message.data().getBytes(UTF_8);
        return new CanonicalEvent(
                id,
                key(message, message.stream()),
                message.source(),
                entity.name(),
                RawRecord.UPSERT,
                message.recordId(),
                ChronoUnit.MICROS.between(Instant.EPOCH, message.eventTime()),
                position,
                message.mapping(),
                message.mappingVersion(),
                data,
                values(data, entity),
                0,
                0);
    }

    /** Where the fields stand; what the entity does not have is left out. */
    private static int[] values(byte[] data, EntitySchema entity) {
        int[] values = new int[2 * entity.fields().size()];
        Arrays.fill(values, -1);
        try (JsonParser parser = JSON.createParser(data)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                EntityField field = entity.field(parser.currentName());
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken(); // texts are read when they are asked for
                if (parser.currentToken().isNumeric()) {
                    parser.getNumberType(); // reads to the number's end
                }
                if (field != null && !parser.hasToken(JsonToken.VALUE_NULL)) {
                    values[2 * field.index()] = start;
                    values[2 * field.index() + 1] = (int) parser.currentLocation().getByteOffset();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }
}
