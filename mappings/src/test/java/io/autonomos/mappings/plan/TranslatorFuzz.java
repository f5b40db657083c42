package io.autonomos.mappings.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.scan.StrictJackson;
import io.autonomos.schemas.CanonicalEvent;

/**
 * Whatever a record holds, it becomes events that are JSON, or a fault. Run with fresh bytes by the
 * profile {@code fuzz}.
 */
public final class TranslatorFuzz {

    private static final TestingTranslator TRANSLATOR =
            TestingTranslator.of(
                    """
                    mapping: m
                    source: testing
                    stream: things
                    entity: opportunity
                    clock: [u, t]
                    filter: record.k != 'no'
                    delete-when: {d: true}
                    fields:
                      opportunity_id: [i, o.i]
                      name: {from: [n, o.n], normalize: spaces}
                      amount: {from: a, scale: 100}
                      currency: c
                      close_date: {from: t, format: [iso, epoch-s, epoch-ms, dd.MM.yyyy]}
                      probability: {expr: record.p * 100}
                      stage: {from: s, values: {a: b, true: c}}
                      type: {expr: 'first([record.x, lower(record.y), string(record.z[0])])'}
                      updated_at: u
                    """);

    private TranslatorFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        Translation translation = TRANSLATOR.translate(data);
        if (translation.fault() != null) {
            assertThat(translation.fault().message()).isNotBlank();
            assertThat(translation.events()).isEmpty();
        }
        for (CanonicalEvent event : translation.events()) {
            assertThat(StrictJackson.accepts(event.json())).isTrue();
        }
    }
}
