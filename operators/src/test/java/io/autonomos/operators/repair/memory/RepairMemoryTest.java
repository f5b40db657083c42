package io.autonomos.operators.repair.memory;

import static io.autonomos.operators.TestingStream.rename;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingStream;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.KnownRepair;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairHints;
import io.autonomos.schemas.messages.RepairMemory;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Review;
import io.autonomos.schemas.messages.ReviewedProposal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepairMemoryTest {

    private static final TestingStream STREAM =
            new TestingStream().send(60, 80, rename("chance", "score"));
    private static final RepairTask TASK = STREAM.task();
    private static final RepairProposal PROPOSAL = STREAM.repairs().get(0).proposal();
    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

    private KeyedTwoInputStreamOperatorTestHarness<
                    String, ReviewedProposal, RegistryMessage, RepairMemory>
            remember;
    private KeyedTwoInputStreamOperatorTestHarness<String, RepairTask, RepairMemory, RepairTask>
            recall;

    @BeforeEach
    void openStages() throws Exception {
        remember =
                ProcessFunctionTestHarnesses.forKeyedCoProcessFunction(
                        new RememberRepairs(),
                        each -> each.proposal().key().path(),
                        each -> each.key().path(),
                        Types.STRING);
        openRecall(null);
    }

    private void openRecall(OperatorSubtaskState snapshot) throws Exception {
        recall =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeyedCoProcessOperator<>(new RecallRepairs()),
                        each -> RecallRepairs.key(each.source(), each.key().stream()),
                        each -> RecallRepairs.key(each.source(), each.stream()),
                        Types.STRING);
        if (snapshot != null) {
            recall.initializeState(snapshot);
        }
        recall.open();
    }

    @AfterEach
    void closeStages() throws Exception {
        remember.close();
        recall.close();
    }

    @Test
    void whatTookEffectIsRememberedWithNamesTypesAndKinds() throws Exception {
        decide(ProposalStatus.APPLIED, null);

        assertThat(said())
                .isEqualTo(
                        memory("acme", "accepted", false, Map.of("integer", 1.0))
                                .with("accepted", false, NOW));
    }

    @Test
    void aRefusalIsRememberedAndWhatIsNotDecidedIsNot() throws Exception {
        decide(ProposalStatus.PENDING, null);
        decide(ProposalStatus.EXPIRED, null);
        decide(ProposalStatus.SUPERSEDED, null);
        assertThat(remember.extractOutputValues()).isEmpty();

        decide(ProposalStatus.REJECTED, "jo");

        assertThat(said().verdict()).isEqualTo("rejected");
        assertThat(said().byPerson()).isTrue();
    }

    @Test
    void aRollbackTakesItBackAndReadingItAgainBringsItBack() throws Exception {
        decide(ProposalStatus.APPLIED, null);
        publish(2, MappingVersion.REPAIR, "autonomos", "[score, chance]");
        assertThat(remember.extractOutputValues()).hasSize(1);

        publish(3, MappingVersion.ROLLBACK, "jo", "chance");
        assertThat(said().verdict()).isEqualTo("withdrawn");
        publish(2, MappingVersion.PUBLISH, "jo", "[score, chance]");
        assertThat(said().verdict()).as("a version read again").isEqualTo("withdrawn");
        publish(4, MappingVersion.PUBLISH, "jo", "[score, chance]");

        assertThat(said().verdict()).isEqualTo("accepted");
        assertThat(said().byPerson()).isTrue();
    }

    @Test
    void anEditAcceptsWhatItsVersionReads() throws Exception {
        decide(ProposalStatus.EDITED, "jo");
        assertThat(said().verdict()).isEqualTo("rejected");

        publish(2, MappingVersion.REPAIR, "jo", "[score, chance]");

        assertThat(said().verdict()).isEqualTo("accepted");
    }

    @Test
    void aVersionThatCannotTakeEffectTakesNothingBack() throws Exception {
        decide(ProposalStatus.APPLIED, null);

        publish(3, MappingVersion.PUBLISH, "jo", "[no such: {thing");

        assertThat(remember.extractOutputValues()).hasSize(1);
    }

    @Test
    void theSameChangeIsKnownInAnotherTenantOfTheSourceAlsoAfterARestart() throws Exception {
        hear(memory("acme", "accepted", true, Map.of("integer", 1.0)));
        OperatorSubtaskState snapshot = recall.snapshot(1, 1);
        recall.close();
        openRecall(snapshot);

        assertThat(told("globex"))
                .containsExactly(
                        new KnownRepair("chance", "score", "number", 1, 0, null, false, Map.of()));
    }

    @Test
    void theTenantItselfIsToldItsOwnWordAndNotCountedAmongOthers() throws Exception {
        hear(memory("acme", "accepted", true, Map.of("integer", 1.0)));

        assertThat(told("acme"))
                .containsExactly(
                        new KnownRepair(
                                "chance",
                                "score",
                                "number",
                                0,
                                0,
                                "accepted",
                                true,
                                Map.of("integer", 1.0)));
    }

    @Test
    void eachTenantHasOneWordTheLatest() throws Exception {
        hear(memory("acme", "accepted", false, Map.of()));
        hear(memory("acme", "accepted", false, Map.of()));
        hear(memory("initech", "accepted", false, Map.of()));
        hear(memory("acme", "withdrawn", true, Map.of()));

        assertThat(told("globex").get(0))
                .isEqualTo(
                        new KnownRepair("chance", "score", "number", 1, 1, null, false, Map.of()));
    }

    @Test
    void nothingOfAnotherTenantButNamesTypesAndNumbersIsEverTold() throws Exception {
        hear(memory("secret-tenant", "accepted", true, Map.of("email", 0.5, "phone", 0.5)));

        String told = new String(MessageJson.write(told("globex")), UTF_8);

        assertThat(told)
                .contains("chance", "score")
                .doesNotContain("secret-tenant", "email", "phone", "0.5", PROPOSAL.id(), "crm");
        assertThat(told).doesNotContain(ChangeVoices.voice("secret-tenant"));
    }

    @Test
    void otherSourcesStreamsAndFieldsAreOtherChanges() throws Exception {
        hear(of("acme", "hubspot", TASK.key().stream(), "chance", "score"));
        hear(of("acme", "shop", "Other", "chance", "score"));
        hear(of("acme", "shop", TASK.key().stream(), "stage", "score"));

        assertThat(told("globex")).isEmpty();
    }

    @Test
    void whatIsRememberedIsBounded() throws Exception {
        hear(memory("acme", "accepted", true, Map.of()));
        for (int i = 0; i < 1_000; i++) {
            RepairMemory other = of("acme", "shop", TASK.key().stream(), "f" + i, "g" + i);
            hear(other.with("accepted", false, NOW.plusSeconds(i + 1L)));
        }

        assertThat(told("globex")).as("the oldest of more than a thousand").isEmpty();
    }

    private static RepairMemory of(
            String tenant, String source, String stream, String before, String after) {
        return new RepairMemory(
                tenant,
                "crm",
                source,
                stream,
                before,
                after,
                "number",
                "number",
                "accepted",
                true,
                Map.of(),
                "p-1",
                NOW);
    }

    private static RepairMemory memory(
            String tenant, String verdict, boolean byPerson, Map<String, Double> kinds) {
        return new RepairMemory(
                tenant,
                TASK.key().connection(),
                TASK.source(),
                TASK.key().stream(),
                "chance",
                "score",
                "number",
                "number",
                verdict,
                byPerson,
                kinds,
                PROPOSAL.id(),
                NOW);
    }

    private void decide(String status, String by) throws Exception {
        ProposalStatus entry =
                by == null
                        ? ProposalStatus.byJob(PROPOSAL, status, 2, null, NOW)
                        : ProposalStatus.byReview(
                                PROPOSAL,
                                status,
                                2,
                                new Review(
                                        "r-1",
                                        PROPOSAL.id(),
                                        PROPOSAL.tenant(),
                                        Review.REJECT,
                                        null,
                                        by,
                                        null,
                                        NOW),
                                NOW);
        remember.processElement1(new StreamRecord<>(new ReviewedProposal(PROPOSAL, entry)));
    }

    private void publish(int version, String origin, String by, String chance) throws Exception {
        String content =
                TestingStream.MAPPING.replaceFirst("(?m)^(\\s+probability:).*$", "$1 " + chance);
        remember.processElement2(
                new StreamRecord<>(
                        RegistryMessage.of(
                                MappingVersion.of(
                                        PROPOSAL.key(),
                                        PROPOSAL.source(),
                                        version,
                                        content,
                                        origin,
                                        by,
                                        null,
                                        NOW))));
    }

    private RepairMemory said() {
        List<RepairMemory> all = remember.extractOutputValues();
        return all.get(all.size() - 1);
    }

    private void hear(RepairMemory memory) throws Exception {
        recall.processElement2(new StreamRecord<>(memory));
    }

    private List<KnownRepair> told(String tenant) throws Exception {
        StreamKey key = new StreamKey(tenant, TASK.key().connection(), TASK.key().stream());
        recall.processElement1(
                new StreamRecord<>(
                        new RepairTask(
                                key,
                                TASK.source(),
                                TASK.mapping(),
                                1,
                                TASK.baseline(),
                                TASK.event(),
                                TASK.lost(),
                                TASK.suspect(),
                                TASK.records(),
                                1,
                                1,
                                RepairHints.NONE)));
        List<RepairTask> all = recall.extractOutputValues();
        return all.get(all.size() - 1).hints().known();
    }
}
