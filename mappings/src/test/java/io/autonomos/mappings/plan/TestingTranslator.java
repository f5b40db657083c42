package io.autonomos.mappings.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.mappings.language.MappingReader;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.mappings.scan.StrictJackson;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.EntityModel;

/** Translates records of one stream by one mapping; the record's address can be set. */
final class TestingTranslator {

    static final StreamKey KEY = new StreamKey("acme", "prod", "things");
    static final long EMITTED_AT = 1_700_000_000_000L;

    private final Translator translator;
    private final Plan plan;
    private StreamTarget target;
    private String op;
    private String recordId;
    private long emittedAt = EMITTED_AT;
    private String origin = "topic";
    private int partition;
    private long position = 1;

    TestingTranslator(Plan plan, ScanLimits limits) {
        this.plan = plan;
        this.translator = new Translator(limits, 2 * limits.maxBytes());
        this.target = new StreamTarget(KEY, "testing", plan);
    }

    /** By a mapping file's text. */
    static TestingTranslator of(String mapping) {
        return new TestingTranslator(plan(mapping), ScanLimits.DEFAULT);
    }

    /** By a mapping of contacts: the lines after the entity. */
    static TestingTranslator ofContacts(String lines) {
        return of("mapping: m\nsource: testing\nstream: things\nentity: contact\n" + lines);
    }

    static Plan plan(String mapping) {
        return PlanCompiler.compile(
                MappingReader.read("t.yaml", mapping.getBytes(UTF_8)), EntityModel.shipped());
    }

    TestingTranslator key(StreamKey key) {
        target = new StreamTarget(key, "testing", plan);
        return this;
    }

    TestingTranslator op(String op) {
        this.op = op;
        return this;
    }

    TestingTranslator recordId(String recordId) {
        this.recordId = recordId;
        return this;
    }

    TestingTranslator emittedAt(long emittedAt) {
        this.emittedAt = emittedAt;
        return this;
    }

    TestingTranslator from(String origin, int partition, long position) {
        this.origin = origin;
        this.partition = partition;
        this.position = position;
        return this;
    }

    Translation translate(byte[] value) {
        return translator.translate(
                new RawRecord(
                        target.key(),
                        "testing",
                        op,
                        recordId,
                        emittedAt,
                        origin,
                        partition,
                        position,
                        null,
                        value,
                        null,
                        null),
                target);
    }

    /** The one event of a record. */
    CanonicalEvent event(byte[] value) {
        Translation translation = translate(value);
        assertThat(translation.fault()).isNull();
        assertThat(translation.events()).hasSize(1);
        return translation.events().get(0);
    }

    CanonicalEvent event(String json) {
        return event(json.getBytes(UTF_8));
    }

    /** The envelope of the one event of a record. */
    JsonNode envelope(String json) {
        return StrictJackson.tree(event(json).json());
    }

    /** Why a record is refused. */
    Fault fault(byte[] value) {
        Translation translation = translate(value);
        assertThat(translation.events()).isEmpty();
        assertThat(translation.fault()).isNotNull();
        return translation.fault();
    }

    Fault fault(String json) {
        return fault(json.getBytes(UTF_8));
    }
}
