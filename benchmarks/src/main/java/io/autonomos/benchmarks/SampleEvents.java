package io.autonomos.benchmarks;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.util.ArrayList;
import java.util.List;

/** Canonical events of {@link SampleRecords}, as the stores get them. */
final class SampleEvents {

    private static final int FIELDS = 33;

    private final Translator translator = new Translator(ScanLimits.DEFAULT);

    /** Opportunities of one tenant; a higher version is newer. */
    List<CanonicalEvent> of(String tenant, int from, int count, int version) {
        StreamKey key = new StreamKey(tenant, "salesforce-prod", SampleRecords.STREAM);
        StreamTarget target =
                new StreamTarget(
                        key,
                        SampleRecords.SOURCE,
                        MappingCatalog.shipped()
                                .resolve(SampleRecords.SOURCE, SampleRecords.STREAM));
        List<CanonicalEvent> events = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            RawRecord raw =
                    new RawRecord(
                            key,
                            SampleRecords.SOURCE,
                            RawRecord.UPSERT,
                            SampleRecords.id(i),
                            0,
                            "",
                            0,
                            i,
                            null,
                            SampleRecords.record(i, FIELDS),
                            null,
                            null);
            events.add(later(translator.translate(raw, target).events().get(0), version));
        }
        return events;
    }

    private static CanonicalEvent later(CanonicalEvent event, int version) {
        return new CanonicalEvent(
                event.id() + version,
                event.key(),
                event.source(),
                event.entity(),
                event.op(),
                event.recordId(),
                event.eventTime() + version,
                event.position(),
                event.mapping(),
                event.mappingVersion(),
                event.json(),
                event.values(),
                event.extrasStart(),
                event.extrasEnd());
    }
}
