package io.autonomos.operators.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingStream;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RepairMemory;
import io.autonomos.schemas.messages.RepairProposal;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DriftSerializersTest {

    private static final TestingStream DRIFTED =
            new TestingStream().send(10, 30, TestingStream.rename("amount", "deal_amount"));

    @Test
    void aDriftEventIsKeyedByItsStreamAndHasAnIdForEachCount() throws Exception {
        DriftEvent event = DRIFTED.incident().event();

        ProducerRecord<byte[], byte[]> message =
                new DriftEventSerializer("p").serialize(event, null, null);

        assertThat(message.topic()).isEqualTo("p.drift");
        assertThat(message.key()).isEqualTo("[\"acme\",\"shop\",\"things\"]".getBytes(UTF_8));
        assertThat(MessageJson.read(DriftEvent.class, message.value())).isEqualTo(event);
        assertThat(header(message, "ce_type")).isEqualTo("io.autonomos.drift");
        assertThat(header(message, "ce_id")).isEqualTo(event.id() + "-20");
    }

    @Test
    void aProposalIsKeyedByTenantAndId() throws Exception {
        RepairProposal proposal = DRIFTED.repairs().get(0).proposal();

        ProducerRecord<byte[], byte[]> message =
                new ProposalSerializer("p").serialize(proposal, null, null);

        assertThat(message.topic()).isEqualTo("p.proposals");
        assertThat(message.key())
                .isEqualTo("[\"acme\",\"%s\"]".formatted(proposal.id()).getBytes(UTF_8));
        assertThat(MessageJson.read(RepairProposal.class, message.value())).isEqualTo(proposal);
        assertThat(header(message, "ce_id")).isEqualTo(proposal.id());
        assertThat(header(message, "ce_source")).isEqualTo("/acme/shop/things");
    }

    @Test
    void aMemoryIsKeyedByTheTenantAndTheChangeSoThatTheLatestWordIsKept() throws Exception {
        RepairMemory memory =
                new RepairMemory(
                        "acme",
                        "crm",
                        "shop",
                        "things",
                        "amount",
                        "deal_amount",
                        "number",
                        null,
                        RepairMemory.ACCEPTED,
                        false,
                        Map.of("decimal", 1.0),
                        "p-1",
                        TestingStream.AT);

        ProducerRecord<byte[], byte[]> message =
                new MemorySerializer("p").serialize(memory, null, null);

        assertThat(message.topic()).isEqualTo("p.memory");
        assertThat(message.partition()).isZero();
        assertThat(message.key())
                .isEqualTo(
                        "[\"acme\",\"shop\",\"things\",\"amount\",\"deal_amount\"]"
                                .getBytes(UTF_8));
        assertThat(MessageJson.read(RepairMemory.class, message.value())).isEqualTo(memory);
    }

    private static String header(ProducerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }
}
