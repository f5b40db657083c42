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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The unified rows on the compacted topics: the last message of each key, as a consumer that reads
 * them to their end has them. Hashes go on where the last read ended, so each later selection must
 * be part of the first that had as much count; rows are read anew.
 */
final class KafkaViews implements ViewStore, AutoCloseable {

    private final Supplier<TopicReader> readers;
    private TopicReader live;
    private boolean mappings = true;
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
    public boolean holds(Relation relation) {
        return !(relation instanceof Relation.Aggregate);
    }

    @Override
    public void hashes(Selection selection, HashConsumer each) {
        if (selection.mappings() != mappings) {
            startOver(selection.mappings());
        }
        Set<String> wanted = names(selection);
        topics(selection)
                .forEach(
                        (topic, image) -> {
                            Map<String, Hashed> last =
                                    hashes.computeIfAbsent(topic, name -> new HashMap<>());
                            read(
                                    live,
                                    topic,
                                    selection,
                                    image.andThen(row -> hashed(row, selection)),
                                    last);
                            for (Hashed row : last.values()) {
                                if (selection.has(row.key().tenant())
                                        && wanted.contains(row.key().entity())) {
                                    each.accept(row.key(), row.id(), row.hash());
                                }
                            }
                        });
    }

    /** The hashes so far are of what counted until now. */
    private void startOver(boolean withMappings) {
        live.close();
        hashes.clear();
        live = readers.get();
        mappings = withMappings;
    }

    private static Hashed hashed(RowImage row, Selection selection) {
        return new Hashed(row.key(), row.id(), selection.hash(row));
    }

    @Override
    public void read(Selection selection, Consumer<RowImage> each) {
        Set<String> wanted = names(selection);
        try (TopicReader reader = readers.get()) {
            topics(selection)
                    .forEach(
                            (topic, image) -> {
                                Map<String, RowImage> last = new HashMap<>();
                                read(reader, topic, selection, image, last);
                                last.values().stream()
                                        .filter(row -> wanted.contains(row.key().entity()))
                                        .forEach(each);
                            });
        }
    }

    private static Set<String> names(Selection selection) {
        return selection.relations().stream().map(Relation::name).collect(Collectors.toSet());
    }

    /** The topics to read, each with what makes rows of its messages; a graph is on one. */
    private Map<String, Function<Message, RowImage>> topics(Selection selection) {
        Map<String, Function<Message, RowImage>> topics = new LinkedHashMap<>();
        for (Relation relation : selection.relations()) {
            if (relation instanceof Relation.Rows rows) {
                topics.put(
                        Topics.view(prefix, relation.name()),
                        message -> image(rows.entity(), message));
            } else {
                topics.put(Topics.graph(prefix), KafkaGraph::image);
            }
        }
        return topics;
    }

    private static <T> void read(
            TopicReader reader,
            String topic,
            Selection selection,
            Function<Message, T> keep,
            Map<String, T> into) {
        reader.read(
                topic,
                record -> {
                    String key = new String(record.key(), StandardCharsets.UTF_8);
                    JsonNode named = Canonical.parse(key);
                    if (selection.has(named.path(0).asText())) {
                        if (record.value() == null) {
                            into.remove(key);
                        } else {
                            into.put(key, keep.apply(new Message(record, named)));
                        }
                    }
                });
    }

    /**
     * A message that is no tombstone.
     *
     * @param key the parts that name the row, the tenant first
     */
    record Message(ConsumerRecord<byte[], byte[]> record, JsonNode key) {

        /** Refuses what the key does not name. */
        void require(boolean isNamed) {
            if (!isNamed) {
                throw new IllegalStateException(
                        "The message at %s-%d, offset %d, is not the row that its key names."
                                .formatted(record.topic(), record.partition(), record.offset()));
            }
        }
    }

    private static RowImage image(EntitySchema entity, Message message) {
        String json = new String(message.record().value(), StandardCharsets.UTF_8);
        JsonNode row = Canonical.parse(json);
        message.require(
                message.key().path(0).equals(row.path("tenant"))
                        && message.key().path(1).equals(row.path("id")));
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
