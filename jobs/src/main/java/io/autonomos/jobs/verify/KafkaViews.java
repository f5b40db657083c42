package io.autonomos.jobs.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The unified rows on the compacted topics: the last message of each key, as a consumer that reads
 * them to their end has them. Hashes go on where the last read ended, so each later selection must
 * be part of the first; rows are read anew.
 */
final class KafkaViews implements ViewStore, AutoCloseable {

    private final Supplier<TopicReader> readers;
    private final TopicReader live;
    private final String prefix;
    private final Map<String, Map<String, Hashed>> hashes = new HashMap<>();

    private record Hashed(ViewKey key, String id, RowHash hash) {}

    KafkaViews(Supplier<TopicReader> readers, String topicPrefix) {
        this.readers = readers;
        this.live = readers.get();
        this.prefix = topicPrefix;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public void hashes(Selection selection, HashConsumer each) {
        for (EntitySchema entity : selection.entities()) {
            Map<String, Hashed> last =
                    hashes.computeIfAbsent(entity.name(), name -> new HashMap<>());
            Function<RowImage, Hashed> hashed = row -> new Hashed(row.key(), row.id(), row.hash());
            read(live, entity, selection, hashed, last);
            for (Hashed row : last.values()) {
                if (selection.has(row.key().tenant())) {
                    each.accept(row.key(), row.id(), row.hash());
                }
            }
        }
    }

    @Override
    public void read(Selection selection, Consumer<RowImage> each) {
        try (TopicReader reader = readers.get()) {
            for (EntitySchema entity : selection.entities()) {
                Map<String, RowImage> last = new HashMap<>();
                read(reader, entity, selection, Function.identity(), last);
                last.values().forEach(each);
            }
        }
    }

    private <T> void read(
            TopicReader reader,
            EntitySchema entity,
            Selection selection,
            Function<RowImage, T> keep,
            Map<String, T> into) {
        reader.read(
                Topics.view(prefix, entity.name()),
                message -> {
                    String key = new String(message.key(), StandardCharsets.UTF_8);
                    JsonNode named = Canonical.parse(key);
                    if (selection.has(named.path(0).asText())) {
                        if (message.value() == null) {
                            into.remove(key);
                        } else {
                            into.put(key, keep.apply(image(entity, message, named)));
                        }
                    }
                });
    }

    private static RowImage image(
            EntitySchema entity, ConsumerRecord<byte[], byte[]> message, JsonNode named) {
        JsonNode row = Canonical.parse(new String(message.value(), StandardCharsets.UTF_8));
        if (!named.path(0).equals(row.path("tenant")) || !named.path(1).equals(row.path("id"))) {
            throw new IllegalStateException(
                    "The message at %s-%d, offset %d, is not the row that its key names."
                            .formatted(message.topic(), message.partition(), message.offset()));
        }
        return image(entity, row);
    }

    /** The row of a message. */
    static RowImage image(EntitySchema entity, JsonNode row) {
        List<String> columns = new ArrayList<>();
        for (EntityField field : entity.fields()) {
            JsonNode value = row.path("data").get(field.name());
            columns.add(Canonical.value(field.type(), text(field.type(), value)));
        }
        columns.add(Canonical.set(row.path("links").toString()));
        columns.add(Canonical.set(row.path("provenance").toString()));
        columns.add(Canonical.set(row.path("conflicts").toString()));
        columns.add(row.path("schema_version").asText());
        columns.add(Canonical.micros(Instant.parse(row.path("updated_at").asText())));
        ViewKey key = new ViewKey(row.path("tenant").asText(), entity.name());
        return new RowImage(key, row.path("id").asText(), columns);
    }

    private static String text(FieldType type, JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return switch (type) {
            case TIMESTAMP -> Canonical.micros(Instant.parse(value.asText()));
            case TEXT_LIST, TEXT_MAP -> value.toString();
            default -> value.asText();
        };
    }

    @Override
    public void close() {
        live.close();
    }
}
