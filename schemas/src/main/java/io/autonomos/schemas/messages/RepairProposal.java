package io.autonomos.schemas.messages;

import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A candidate mapping version with its evidence and confidence.
 *
 * @param driftId the drift event that it answers
 * @param baseMappingId the mapping that the drift broke
 * @param mapping the candidate, as YAML
 * @param confidence the lowest of the changes
 * @param before the parked and sampled records under the mapping in force
 * @param after the same records under the candidate
 * @param parked how many records wait for the decision
 */
public record RepairProposal(
        String id,
        String driftId,
        String tenant,
        String connection,
        String source,
        String stream,
        String entity,
        String baseMappingId,
        int baseMappingVersion,
        String mapping,
        List<Change> changes,
        double confidence,
        Tier tier,
        Score before,
        Score after,
        List<Sample> samples,
        long parked,
        Instant at,
        Instant expiresAt) {

    public RepairProposal {
        Check.text("id", id);
        Check.text("drift_id", driftId);
        Check.address(tenant, connection, source, stream);
        Check.text("entity", entity);
        Check.text("base_mapping_id", baseMappingId);
        Check.atLeast("base_mapping_version", baseMappingVersion, 0);
        Check.text("mapping", mapping);
        changes = Check.list("changes", changes);
        Check.share("confidence", confidence);
        Check.present("tier", tier);
        Check.present("before", before);
        Check.present("after", after);
        samples = Check.list("samples", samples);
        Check.atLeast("parked", parked, 0);
        Check.when("at", at);
        Check.when("expires_at", expiresAt);
    }

    /** The stream's address. */
    public StreamKey key() {
        return new StreamKey(tenant, connection, stream);
    }

    /** The same with another tier, also of its changes. */
    public RepairProposal withTier(Tier other) {
        if (other == tier) {
            return this;
        }
        List<Change> same = new ArrayList<>();
        for (Change each : changes) {
            same.add(
                    new Change(
                            each.field(),
                            each.before(),
                            each.after(),
                            each.confidence(),
                            other,
                            each.evidence(),
                            each.alternatives(),
                            each.looks()));
        }
        return with(same, other);
    }

    /** The same proposal with more to say of its changes. */
    public RepairProposal withChanges(List<Change> others) {
        return with(others, tier);
    }

    private RepairProposal with(List<Change> newChanges, Tier newTier) {
        return new RepairProposal(
                id,
                driftId,
                tenant,
                connection,
                source,
                stream,
                entity,
                baseMappingId,
                baseMappingVersion,
                mapping,
                newChanges,
                confidence,
                newTier,
                before,
                after,
                samples,
                parked,
                at,
                expiresAt);
    }

    /**
     * The change of one canonical field.
     *
     * @param before source paths before
     * @param after source paths proposed; empty where the field is gone
     * @param looks the types of one field that became another and the kinds of its values, or null
     */
    public record Change(
            String field,
            List<String> before,
            List<String> after,
            double confidence,
            Tier tier,
            List<Evidence> evidence,
            List<Alternative> alternatives,
            Looks looks) {

        public Change {
            Check.text("field", field);
            before = Check.list("before", before);
            after = Check.list("after", after);
            Check.share("confidence", confidence);
            Check.present("tier", tier);
            evidence = Check.list("evidence", evidence);
            alternatives = Check.list("alternatives", alternatives);
        }

        /** A change of which types and kinds are not told. */
        public Change(
                String field,
                List<String> before,
                List<String> after,
                double confidence,
                Tier tier,
                List<Evidence> evidence,
                List<Alternative> alternatives) {
            this(field, before, after, confidence, tier, evidence, alternatives, null);
        }
    }

    /**
     * What the values of a field look like.
     *
     * @param typeBefore the JSON type that most had
     * @param typeAfter the JSON type that most have now
     * @param kinds which share of them is of which kind
     */
    public record Looks(String typeBefore, String typeAfter, Map<String, Double> kinds) {

        public Looks {
            Check.text("type_before", typeBefore);
            Check.text("type_after", typeAfter);
            kinds = Check.named("kinds", kinds, "[a-z_]{1,32}");
            kinds.forEach((kind, share) -> Check.share("kinds." + kind, share));
        }
    }

    /**
     * One reason for a change.
     *
     * @param kind such as {@code name} or {@code value-overlap}
     * @param score its strength; the scale belongs to the kind
     * @param note in words; never holds a value
     */
    public record Evidence(String kind, double score, String note) {

        public Evidence {
            Check.text("kind", kind);
            Check.present("note", note);
        }
    }

    /** Another source path that was considered. */
    public record Alternative(String path, double confidence) {

        public Alternative {
            Check.text("path", path);
            Check.share("confidence", confidence);
        }
    }

    /**
     * How a mapping does on a set of records.
     *
     * @param records how many were tried
     * @param valid how many became canonical events
     * @param nulls how many canonical values were null
     */
    public record Score(long records, long valid, long nulls) {

        public Score {
            Check.atLeast("records", records, 0);
            Check.atLeast("valid", valid, 0);
            Check.atLeast("nulls", nulls, 0);
        }
    }

    /** A value of which only the form is shown. */
    public record Sample(String path, String masked) {

        public Sample {
            Check.text("path", path);
            Check.present("masked", masked);
        }
    }
}
