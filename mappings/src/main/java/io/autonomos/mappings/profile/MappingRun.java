package io.autonomos.mappings.profile;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.messages.RepairProposal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How a mapping does on records: what becomes of them, and the profile of the canonical values. */
public final class MappingRun {

    private static final byte[] NO_EXTRAS = {'{', '}'};
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                    .build();

    private final StreamTarget target;
    private final Translator translator = new Translator(ScanLimits.DEFAULT);
    private final StreamSchema canonical;
    private final Map<String, Long> unreadable;
    private long records;
    private long valid;
    private long values;

    /** A run of the target's mapping. */
    public MappingRun(StreamTarget target) {
        this(target, StreamBaseline.empty());
    }

    /** A run that goes on from what was seen before, and changes it. */
    public MappingRun(StreamTarget target, StreamBaseline before) {
        this.target = target;
        this.canonical = before.canonical();
        this.unreadable = new TreeMap<>(before.unreadable());
    }

    /**
     * What became of one record.
     *
     * @param recordId its id, or null where the mapping finds none
     * @param unreadable canonical fields whose value could not be read
     * @param present canonical fields that have a value
     */
    public record Result(
            Translation translation,
            String recordId,
            boolean isDelete,
            Set<String> unreadable,
            Set<String> present) {}

    /** Translates a record and notes what became of it. */
    public Result add(RawRecord record) {
        records++;
        Translation translation = translator.translate(record, target);
        Set<String> failed = new LinkedHashSet<>();
        Set<String> present = new LinkedHashSet<>();
        String id = record.recordId();
        boolean delete = RawRecord.DELETE.equals(record.op());
        if (translation.fault() == null) {
            valid++;
        } else if (translation.fault().field() != null) {
            failed.add(translation.fault().field());
        }
        for (CanonicalEvent event : translation.events()) {
            JsonNode json = read(event);
            id = event.recordId();
            delete = event.isDelete();
            RecordFields data = RecordFields.of(json.path("data"));
            data.leaves().values().stream()
                    .filter(RecordFields.Leaf::hasValue)
                    .forEach(leaf -> present.add(leaf.path().steps().get(0).name()));
            for (JsonNode change : json.path("changes")) {
                boolean failure = change.path("reason").asText().startsWith("AOS-");
                if (failure && change.path("kind").asText().equals("null")) {
                    failed.add(change.path("field").asText());
                }
            }
            if (!delete) {
                canonical.add(id, data);
            }
        }
        values += present.size();
        failed.forEach(field -> unreadable.merge(field, 1L, Long::sum));
        return new Result(translation, id, delete, failed, present);
    }

    /** Without extras: what stands there is the source's, and may exceed a parser's limits. */
    private static JsonNode read(CanonicalEvent event) {
        byte[] json = event.json();
        ByteArrayOutputStream bounded = new ByteArrayOutputStream(json.length);
        bounded.write(json, 0, event.extrasStart());
        bounded.writeBytes(NO_EXTRAS);
        bounded.write(json, event.extrasEnd(), json.length - event.extrasEnd());
        try {
            return JSON.readTree(bounded.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The profile of the canonical values, by canonical field. */
    public StreamSchema canonical() {
        return canonical;
    }

    /** In how many records a canonical field's value could not be read. */
    public long unreadable(String field) {
        return unreadable.getOrDefault(field, 0L);
    }

    /** What the stream was like, with the schema of the same records. */
    public StreamBaseline baseline(StreamSchema source) {
        return new StreamBaseline(source, canonical, unreadable);
    }

    /** How many records were added. */
    public long records() {
        return records;
    }

    /** The counts, as proposals tell them. */
    public RepairProposal.Score score() {
        long cells = valid * target.plan().mapped().size();
        return new RepairProposal.Score(records, valid, Math.max(0, cells - values));
    }
}
