package io.autonomos.operators.drift;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.profile.MappingRun;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.profile.StreamSchema;
import io.autonomos.mappings.profile.ValueChange;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.messages.DriftEvent.Change;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A stream's baseline while records and settled changes become part of it. */
final class MovingBaseline {

    private static final Set<String> OTHER_VALUES =
            Set.of(ValueChange.RETYPED, ValueChange.FORMAT, ValueChange.MEANING);

    private final CompiledMapping mapping;
    private final StreamSchema source;
    private final MappingRun run;

    /** The baseline in state, from now on under this mapping. */
    MovingBaseline(StreamBaseline before, CompiledMapping mapping, StreamTarget target) {
        this.mapping = mapping;
        this.source = before.source();
        this.run = new MappingRun(target, before);
    }

    /** A record of the form that counts as known from now on. */
    void add(RawRecord raw) {
        add(raw, RecordFields.of(raw.value(), mapping.mapping().each()));
    }

    /** The same where its fields are known. */
    void add(RawRecord raw, RecordFields fields) {
        if (!fields.leaves().isEmpty()) {
            MappingRun.Result result = run.add(raw);
            if (!result.isDelete()) {
                source.add(result.recordId(), fields);
            }
        }
    }

    /** Whether each field of a record is known. */
    boolean knows(RawRecord raw) {
        RecordFields fields = RecordFields.of(raw.value(), mapping.mapping().each());
        return fields.leaves().keySet().stream().allMatch(path -> source.field(path) != null);
    }

    /**
     * The stream is like this from now on: what went is no longer expected, and what changed is
     * learned anew.
     *
     * @param but canonical fields whose changes are not settled
     */
    void accept(Collection<Change> changes, Set<String> but) {
        for (Change each : changes) {
            if (each.canonicalFields().stream().anyMatch(but::contains)) {
                continue;
            }
            List<String> before = each.before();
            if (OTHER_VALUES.contains(each.kind())) {
                before.forEach(source::forget);
            } else if (!before.equals(each.after())) {
                before.forEach(source::loosen);
            }
        }
    }

    /** Records in it. */
    long records() {
        return source.records();
    }

    /** The baseline as it stands. */
    StreamBaseline get() {
        return run.baseline(source);
    }
}
