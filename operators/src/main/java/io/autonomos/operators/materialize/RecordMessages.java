package io.autonomos.operators.materialize;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EntityJson;
import io.autonomos.schemas.EventValues;
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
public final class RecordMessages {

    private static final JsonFactory JSON = new JsonFactory();

    private RecordMessages() {}

    /** Says that a record of a row is to find its row anew. */
    static RebuildMessage move(EntitySchema entity, Contribution said) {
        RebuildMessage.Said record =
                new RebuildMessage.Said(
                        entity.name(),
                        said.key().connection(),
                        said.key().stream(),
                        said.source(),
                        said.recordId(),
                        RawRecord.UPSERT,
                        text(said.version()),
                        time(said.eventTime()),
                        0,
                        said.mapping(),
                        said.mappingVersion(),
                        data(entity, said));
        return new RebuildMessage(RebuildMessage.MOVE, said.key().tenant(), null, null, record);
    }

    /** Says what a record is to say from the commit of a rebuild on. */
    public static RebuildMessage stage(String rebuild, EntitySchema entity, CanonicalEvent event) {
        RebuildMessage.Said record =
                new RebuildMessage.Said(
                        entity.name(),
                        event.key().connection(),
                        event.key().stream(),
                        event.source(),
                        event.recordId(),
                        event.op(),
                        event.id(),
                        time(event.eventTime()),
                        event.position(),
                        event.mapping(),
                        event.mappingVersion(),
                        data(entity, event));
        return new RebuildMessage(
                RebuildMessage.STAGE, event.key().tenant(), rebuild, null, record);
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static String data(EntitySchema entity, EntityJson said) {
        JsonBuffer data = new JsonBuffer(1 << 9);
        data.put('{');
        for (EntityField field : entity.fields()) {
            if (EventValues.isPresent(said, field)) {
                if (data.size() > 1) {
                    data.put(',');
                }
                int at = 2 * field.index();
                data.quoted(field.name()).put(':');
                data.put(said.json(), said.values()[at], said.values()[at + 1]);
            }
        }
        return new String(data.put('}').toBytes(), UTF_8);
    }

    /** A version of a record as text. */
    static String text(long version) {
        return HexFormat.of().toHexDigits(version);
    }

    /** The record's key, {@link Keys#record}. */
    static String key(RebuildMessage message) {
        RebuildMessage.Said said = message.record();
        return Keys.record(said.entity(), stream(message), said.recordId());
    }

    private static StreamKey stream(RebuildMessage message) {
        RebuildMessage.Said said = message.record();
        return new StreamKey(message.tenant(), said.connection(), said.stream());
    }

    /** The event that says what the message says. */
    static CanonicalEvent event(RebuildMessage message, EntitySchema entity) {
        return event(message, entity, message.record().version(), message.record().position());
    }

    /**
     * The event that said what the message says.
     *
     * @param id of the event
     * @param position of the event
     */
    static CanonicalEvent event(
            RebuildMessage message, EntitySchema entity, String id, long position) {
        RebuildMessage.Said said = message.record();
        byte[] data = said.data().getBytes(UTF_8);
        return new CanonicalEvent(
                id,
                stream(message),
                said.source(),
                entity.name(),
                said.op(),
                said.recordId(),
                ChronoUnit.MICROS.between(Instant.EPOCH, said.eventTime()),
                position,
                said.mapping(),
                said.mappingVersion(),
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
