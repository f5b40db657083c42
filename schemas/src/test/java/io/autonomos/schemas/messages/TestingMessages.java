package io.autonomos.schemas.messages;

import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One message of each type that uses every property. */
final class TestingMessages {

    static final Instant AT = Instant.parse("2026-01-31T08:00:00.250Z");

    private TestingMessages() {}

    /** A message type: its schema's name, its class and a message of it. */
    record Sample(String schema, Class<?> type, Object message) {
        @Override
        public String toString() {
            return schema;
        }

        byte[] write() {
            return message instanceof LedgerEntry entry
                    ? LedgerJson.write(entry)
                    : MessageJson.write(message);
        }

        Object read(byte[] json) throws MessageException {
            return type == LedgerEntry.class ? LedgerJson.read(json) : MessageJson.read(type, json);
        }
    }

    static List<Sample> all() {
        return List.of(
                new Sample("ledger", LedgerEntry.class, ledger()),
                new Sample("view-account", ViewAccount.class, viewAccount()),
                new Sample("graph-node", GraphNode.class, graphNode()),
                new Sample("graph-edge", GraphEdge.class, graphEdge()),
                new Sample("merge-candidate", MergeCandidate.class, mergeCandidate()),
                new Sample("merge-decision", MergeDecision.class, mergeDecision()),
                new Sample("drift", DriftEvent.class, drift()),
                new Sample("proposal", RepairProposal.class, proposal()),
                new Sample("proposal-status", ProposalStatus.class, proposalStatus()),
                new Sample("review", Review.class, review()),
                new Sample("mapping", MappingVersion.class, mapping()),
                new Sample("mapping-verdict", MappingVerdict.class, verdict()),
                new Sample("control", ControlMessage.class, control()),
                new Sample("memory", RepairMemory.class, memory()),
                new Sample("rebuild", RebuildMessage.class, rebuild()),
                new Sample("view", ViewRow.class, view()));
    }

    static ViewAccount viewAccount() {
        return ViewAccount.of(
                new StreamKey("acme", "sf-prod", "Account"),
                "salesforce",
                "account",
                10,
                6,
                3,
                1,
                AT);
    }

    static MergeCandidate mergeCandidate() {
        return new MergeCandidate(
                MergeCandidate.id("acme", "account", "name:acme/GB", "domain:acme.com"),
                "acme",
                "account",
                "name:acme/GB",
                "domain:acme.com",
                List.of("name"),
                List.of(new MergeCandidate.Comparison("name", "same")),
                AT);
    }

    static MergeDecision mergeDecision() {
        return new MergeDecision(
                "acme",
                "account",
                "name:acme/GB",
                "domain:acme.com",
                "domain:acme.com",
                mergeCandidate().id(),
                "jo",
                "The same firm.",
                AT);
    }

    static GraphNode graphNode() {
        return new GraphNode(
                "acme",
                "src_salesforce_Account",
                "stream",
                "Account",
                "salesforce",
                "Account",
                List.of("sf-prod"),
                new GraphNode.Counts(10, 4, 3, 2, 1));
    }

    static GraphEdge graphEdge() {
        return new GraphEdge(
                "acme",
                "mapping:sf-prod:src_salesforce_Account",
                "mapping",
                "src_salesforce_Account",
                "dcl_account",
                "sf-prod",
                new GraphEdge.Mapping(
                        "salesforce/Account",
                        3,
                        "repair",
                        0.93,
                        List.of(new FieldSources("name", List.of("Name")))),
                List.of("agg_pipeline"),
                new GraphEdge.Counts(10, 6, 3, 1));
    }

    static LedgerEntry ledger() {
        return new LedgerEntry(
                new StreamKey("acme", "sf-prod", "Account"),
                "salesforce",
                "account",
                10,
                4,
                3,
                2,
                1,
                5,
                AT.toEpochMilli());
    }

    static DriftEvent drift() {
        return new DriftEvent(
                "d-1",
                "acme",
                "sf-prod",
                "salesforce",
                "Account",
                "high",
                List.of(
                        new DriftEvent.Change(
                                "renamed",
                                "high",
                                List.of("Phone"),
                                List.of("Phone__c"),
                                List.of("phone"))),
                new DriftEvent.Shape(
                        "0a",
                        List.of(new DriftEvent.Field("Phone", List.of("string", "null"), 0.75))),
                new DriftEvent.Shape(
                        "0b", List.of(new DriftEvent.Field("Phone__c", List.of("string"), 1))),
                "salesforce/Account",
                3,
                12,
                AT,
                AT);
    }

    static RepairProposal proposal() {
        return new RepairProposal(
                "p-1",
                "d-1",
                "acme",
                "sf-prod",
                "salesforce",
                "Account",
                "account",
                "salesforce/Account",
                3,
                "fields:\n  phone: Phone__c\n",
                List.of(
                        new RepairProposal.Change(
                                "phone",
                                List.of("Phone"),
                                List.of("Phone__c"),
                                0.93,
                                Tier.APPLY,
                                List.of(new RepairProposal.Evidence("name", -1.5, "custom field")),
                                List.of(new RepairProposal.Alternative("Fax", 0.1)),
                                new RepairProposal.Looks("string", "number", kinds()))),
                0.93,
                Tier.APPLY,
                new RepairProposal.Score(100, 0, 100),
                new RepairProposal.Score(100, 100, 2),
                List.of(new RepairProposal.Sample("Phone__c", "+99 99 999")),
                7,
                AT,
                AT.plusSeconds(604_800));
    }

    static ProposalStatus proposalStatus() {
        return new ProposalStatus(
                "l-1",
                "p-1",
                "acme",
                "sf-prod",
                "Account",
                "refused",
                "r-1",
                "edit",
                4,
                "jo",
                "A better path.",
                verdict().problems(),
                AT);
    }

    static Review review() {
        return new Review("r-1", "p-1", "acme", "edit", "fields: {}", "jo", "A better path.", AT);
    }

    static MappingVersion mapping() {
        return new MappingVersion(
                "acme",
                "sf-prod",
                "salesforce",
                "Account",
                4,
                "fields: {}",
                "repair",
                "p-1",
                0.93,
                "jo",
                "Repair.",
                AT);
    }

    static MappingVerdict verdict() {
        return new MappingVerdict(
                "acme",
                "sf-prod",
                "Account",
                4,
                0,
                17,
                "refused",
                "sf-account",
                "account",
                List.of(
                        new MappingVerdict.Problem(
                                "AOS-606", 3, 1, "name is not mapped.", "Map it.")),
                AT);
    }

    static ControlMessage control() {
        return new ControlMessage(
                "*",
                2,
                Map.of("llm", false, "safe-mode", true),
                Map.of("drift.unreadable", "park"),
                Map.of("llm-tokens", 100_000L),
                List.of(new RepairThreshold("salesforce", "account", "phone", 0.9, 0.5)),
                "jo",
                "Quiet night.",
                AT);
    }

    static RepairMemory memory() {
        return new RepairMemory(
                "acme",
                "sf-prod",
                "salesforce",
                "Account",
                "Phone",
                "Phone__c",
                "string",
                "number",
                "withdrawn",
                true,
                kinds(),
                "p-1",
                AT);
    }

    private static Map<String, Double> kinds() {
        return Map.of("phone", 0.75);
    }

    static RebuildMessage rebuild() {
        return new RebuildMessage(
                RebuildMessage.STAGE,
                "acme",
                "b-1",
                12L,
                new RebuildMessage.Said(
                        "account",
                        "sf-prod",
                        "Account",
                        "salesforce",
                        "001",
                        "upsert",
                        "00ff",
                        AT,
                        17,
                        "salesforce/Account",
                        3,
                        "{\"account_id\":\"a-1\",\"annual_revenue\":1234567890.123456789}"));
    }

    static ViewRow view() {
        return new ViewRow(
                "acme",
                "account",
                "a-1",
                "{\"account_id\":\"a-1\",\"annual_revenue\":12345678901234567890.123456789}",
                List.of(new ViewRow.Link("sf-prod", "salesforce", "Account", "001", AT)),
                2,
                List.of(origin("account_id")),
                List.of(origin("annual_revenue")),
                1,
                AT);
    }

    private static ViewRow.Origin origin(String field) {
        return new ViewRow.Origin(
                "sf-prod",
                "salesforce",
                "Account",
                "001",
                "salesforce/Account",
                3,
                AT,
                List.of(field));
    }
}
