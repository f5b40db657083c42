package io.autonomos.operators.repair;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.edit.MappingWriter;
import io.autonomos.mappings.edit.Rules;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.match.Thresholds;
import io.autonomos.mappings.match.ValueKind;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.profile.FieldProfile;
import io.autonomos.mappings.profile.Incident;
import io.autonomos.mappings.profile.MappingRun;
import io.autonomos.mappings.profile.RecordCheck;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.profile.RecordIds;
import io.autonomos.mappings.profile.SchemaDiff;
import io.autonomos.mappings.profile.Seen;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.RepairHints;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.RepairProposal.Score;
import io.autonomos.schemas.messages.Tier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Makes of a confirmed drift proposals that mend the mapping: one of all that may be applied
 * unasked, one of what a person must decide, one of what is refused. Each is proved on the records
 * that wait before it is made. The same drift gives the same proposals.
 */
public final class RepairPlanner {

    private static final int MOST_SAMPLES = 20;

    private final CompiledMapping base;
    private final int version;
    private final StreamBaseline baseline;
    private final RepairSettings settings;
    private final RepairHints hints;

    /** A planner for a stream that had this baseline under this mapping version. */
    public RepairPlanner(
            CompiledMapping base, int version, StreamBaseline baseline, RepairSettings settings) {
        this(base, version, baseline, settings, RepairHints.NONE);
    }

    /** The same with what is remembered of earlier repairs, and with the tenant's thresholds. */
    public RepairPlanner(
            CompiledMapping base,
            int version,
            StreamBaseline baseline,
            RepairSettings settings,
            RepairHints hints) {
        this.base = base;
        this.version = version;
        this.baseline = baseline;
        this.settings = settings;
        this.hints = hints;
    }

    /**
     * The proposals, those that apply unasked first.
     *
     * @param parked records that drifted, in order
     * @param waiting how many records wait
     */
    public List<Repair> plan(Incident incident, List<RawRecord> parked, long waiting, Instant at) {
        DriftEvent event = incident.event();
        Set<String> broken = new LinkedHashSet<>(incident.lost());
        broken.addAll(incident.suspect());
        List<FieldTrial.Sample> samples = samples(parked);
        FieldTrial trial =
                new FieldTrial(event.key(), event.source(), base, baseline, broken, samples);
        FieldThresholds thresholds =
                new FieldThresholds(
                        settings.thresholds(),
                        hints.thresholds(),
                        event.source(),
                        base.plan().entity().name());
        RecordCheck check = new RecordCheck(base.plan(), baseline);
        Map<String, FieldOption> best = new LinkedHashMap<>();
        Map<String, Tier> tiers = new HashMap<>();
        for (FieldRule rule : base.mapping().fields()) {
            if (broken.contains(rule.name())) {
                Thresholds least = thresholds.of(rule.name());
                FieldRepair repair =
                        new FieldRepair(base, incident, baseline, trial, least, hints.known());
                FieldOption option = repair.best(rule, check.known(rule.name()));
                best.put(rule.name(), option);
                tiers.put(rule.name(), tier(option, least));
            }
        }
        return proposals(incident, best, tiers, samples, waiting, at);
    }

    private List<FieldTrial.Sample> samples(List<RawRecord> parked) {
        List<RawRecord> some = parked.subList(0, Math.min(parked.size(), settings.mostRecords()));
        List<RecordFields> fields =
                some.stream()
                        .map(raw -> RecordFields.of(raw.value(), base.mapping().each()))
                        .toList();
        RecordIds ids = new RecordIds(base, baseline, fields);
        List<FieldTrial.Sample> samples = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            RawRecord raw = some.get(i);
            String id = new MappingRun(target(raw)).add(raw).recordId();
            Seen seen = new Seen(ids.of(id, fields.get(i)), fields.get(i));
            samples.add(new FieldTrial.Sample(raw, seen));
        }
        return samples;
    }

    private StreamTarget target(RawRecord raw) {
        return new StreamTarget(raw.key(), raw.source(), base.plan(), version);
    }

    private static Tier tier(FieldOption option, Thresholds thresholds) {
        return thresholds.tier(option.confidence()).atMost(option.mostTier());
    }

    private List<Repair> proposals(
            Incident incident,
            Map<String, FieldOption> best,
            Map<String, Tier> tiers,
            List<FieldTrial.Sample> samples,
            long parked,
            Instant at) {
        List<Repair> repairs = new ArrayList<>();
        Mapping mapping = base.mapping();
        Score now = score(base, samples);
        int next = version;
        for (Tier tier : Tier.values()) {
            Map<String, FieldOption> group = new LinkedHashMap<>();
            best.forEach(
                    (field, option) -> {
                        if (tiers.get(field) == tier) {
                            group.put(field, option);
                        }
                    });
            if (group.isEmpty()) {
                continue;
            }
            next++;
            Mapping candidate = with(mapping, next, group);
            CompiledMapping compiled = FieldTrial.compile(candidate);
            Score then = compiled == null ? now : score(compiled, samples);
            boolean refused = tier == Tier.REJECT || compiled == null || isWorse(then, now);
            Tier is = refused ? Tier.REJECT : tier;
            RepairProposal proposal =
                    proposal(incident, is, group, candidate, then, samples, parked, at);
            // A person may let take effect what is refused; nothing else builds on it.
            CompiledMapping usable = refused ? null : compiled;
            repairs.add(new Repair(proposal, usable, next, Set.copyOf(gone(group))));
            if (usable != null) {
                mapping = candidate;
                now = then;
            }
        }
        return repairs;
    }

    /** Whether a candidate breaks more than it mends, by what became of all fields. */
    static boolean isWorse(Score then, Score now) {
        return then.valid() < now.valid()
                || (then.valid() == now.valid() && then.nulls() > now.nulls());
    }

    private static Mapping with(Mapping mapping, int next, Map<String, FieldOption> group) {
        Map<String, FieldRule> rules = new LinkedHashMap<>();
        group.forEach(
                (field, option) -> {
                    if (option.rule() != null) {
                        rules.put(field, option.rule());
                    }
                });
        Mapping mended =
                Rules.with(mapping, next, rules, FieldRepair.moves(List.copyOf(group.values())));
        return Rules.without(mended, gone(group));
    }

    /** The fields that stay empty: records are no longer parked for them. */
    private static Set<String> gone(Map<String, FieldOption> group) {
        Set<String> gone = new LinkedHashSet<>();
        group.forEach(
                (field, option) -> {
                    if (option.rule() == null) {
                        gone.add(field);
                    }
                });
        return gone;
    }

    private RepairProposal proposal(
            Incident incident,
            Tier tier,
            Map<String, FieldOption> group,
            Mapping candidate,
            Score after,
            List<FieldTrial.Sample> samples,
            long parked,
            Instant at) {
        DriftEvent event = incident.event();
        StreamKey key = event.key();
        List<RepairProposal.Change> changes = new ArrayList<>();
        double lowest = 1;
        for (Map.Entry<String, FieldOption> each : group.entrySet()) {
            FieldOption option = each.getValue();
            lowest = Math.min(lowest, option.confidence());
            changes.add(
                    new RepairProposal.Change(
                            each.getKey(),
                            option.before(),
                            option.after(),
                            option.confidence(),
                            tier,
                            option.evidence(),
                            option.alternatives(),
                            looks(option, incident.findings().diff())));
        }
        String text = MappingWriter.write(candidate);
        String id =
                UUID.nameUUIDFromBytes(
                                (event.id() + '\n' + tier + '\n' + text)
                                        .getBytes(StandardCharsets.UTF_8))
                        .toString();
        return new RepairProposal(
                id,
                event.id(),
                key.tenant(),
                key.connection(),
                event.source(),
                key.stream(),
                base.plan().entity().name(),
                base.mapping().id(),
                version,
                text,
                changes,
                lowest,
                tier,
                score(base, samples),
                after,
                masked(group, samples),
                parked,
                at,
                at.plus(settings.expiry()));
    }

    /** What the values look like where one field became another, else null. */
    private static RepairProposal.Looks looks(FieldOption option, SchemaDiff diff) {
        boolean rename = option.before().size() == 1 && option.after().size() == 1;
        FieldProfile old = rename ? diff.before().field(option.before().get(0)) : null;
        FieldProfile now = rename ? diff.after().field(option.after().get(0)) : null;
        if (old == null || now == null) {
            return null;
        }
        Map<String, Double> kinds = new TreeMap<>();
        for (ValueKind kind : ValueKind.values()) {
            if (now.share(kind) > 0) {
                kinds.put(kind.name().toLowerCase(Locale.ROOT), now.share(kind));
            }
        }
        return new RepairProposal.Looks(old.mainType(), now.mainType(), kinds);
    }

    private static Score score(CompiledMapping mapping, List<FieldTrial.Sample> samples) {
        if (samples.isEmpty()) {
            return new Score(0, 0, 0);
        }
        RawRecord first = samples.get(0).raw();
        MappingRun run =
                new MappingRun(new StreamTarget(first.key(), first.source(), mapping.plan()));
        samples.forEach(each -> run.add(each.raw()));
        return run.score();
    }

    private static List<RepairProposal.Sample> masked(
            Map<String, FieldOption> group, List<FieldTrial.Sample> samples) {
        Set<RepairProposal.Sample> masked = new LinkedHashSet<>();
        for (FieldOption option : group.values()) {
            for (String path : option.after()) {
                samples.stream()
                        .map(each -> each.seen().fields().text(path))
                        .filter(text -> text != null && !text.isEmpty())
                        .limit(2)
                        .forEach(
                                text ->
                                        masked.add(
                                                new RepairProposal.Sample(path, Masks.of(text))));
            }
        }
        return masked.stream().limit(MOST_SAMPLES).toList();
    }
}
