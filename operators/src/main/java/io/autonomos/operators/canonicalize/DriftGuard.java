package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.profile.MappingUse;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.Observation;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Tells which mapped fields records have lost, and which records the detecting stage should see.
 * Methods that may read state concern the current key.
 */
final class DriftGuard {

    private final StreamMappings mappings;
    private final Translator translator;
    private final SampleBudget budget;

    DriftGuard(StreamMappings mappings, Translator translator, SampleBudget budget) {
        this.mappings = mappings;
        this.translator = translator;
        this.budget = budget;
    }

    /** The canonical fields that an odd record has lost. */
    List<String> lost(StreamAccount account, RawRecord record, Translation translation)
            throws IOException {
        StreamWatch watch = account.watch();
        if (!watch.isReady()) {
            watch.prepare(MappingUse.of(account.target().plan()));
        }
        return watch.lost(record, translation, account.target().plan().each());
    }

    /** The id of a record, or null where it has none that can be read. */
    String recordId(StreamAccount account, RawRecord record, Translation translation) {
        List<CanonicalEvent> events = translation.events();
        if (!events.isEmpty()) {
            return events.get(0).recordId();
        }
        if (record.recordId() != null) {
            return record.recordId();
        }
        // A delete needs no field but its id, so it can tell the id of a record that lacks others.
        List<CanonicalEvent> deletes =
                translator.translate(record.asDelete(), account.target()).events();
        return deletes.isEmpty() ? null : deletes.get(0).recordId();
    }

    /** Whether the detecting stage should see a record that passed. */
    boolean isSample(StreamWatch watch, Translation translation, LongSupplier clock) {
        if (!watch.isDue(translation)) {
            return false;
        }
        SampleBudget.Need need = watch.need(translation);
        if (!budget.take(clock.getAsLong(), need)) {
            watch.passedOver(need);
            return false;
        }
        watch.sampled(translation);
        return true;
    }

    /** What the detecting stage gets to see. */
    Observation observation(StreamAccount account, RawRecord record, List<String> lost, long now)
            throws IOException {
        String content = null;
        if (account.isOwn()) {
            RegistryMessage message = mappings.inEffect();
            MappingVersion version = message.version();
            content = version.content();
        }
        Hold hold = account.hold();
        return new Observation(
                account.key(),
                account.source(),
                content,
                account.target().version(),
                record,
                lost,
                hold != null && hold.isConfirmed(),
                hold == null ? 0 : hold.count(),
                now);
    }
}
