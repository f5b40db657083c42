package io.autonomos.schemas.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.types.MessageType;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewRequestTest {

    private static final Review REVIEW =
            new Review("r1", "p1", "acme", Review.APPROVE, null, "jo", "fits\nwell", Instant.EPOCH);

    @Test
    void aReviewIsRead() {
        ReviewRequest request = ReviewRequest.read(MessageJson.write(REVIEW), 1, 7);

        assertThat(request).isEqualTo(new ReviewRequest("acme", "p1", "r1", REVIEW, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{",
                "\"x\"",
                "{\"id\":7,\"tenant\":[],\"proposal_id\":null}"
            })
    void whatSaysNothingIsNamedByItsPlace(String json) {
        ReviewRequest request = ReviewRequest.read(json.getBytes(UTF_8), 1, 7);

        assertThat(request.review()).isNull();
        assertThat(request.reviewId()).isEqualTo("1@7");
        assertThat(request.tenant()).isEqualTo("_unaddressed");
        assertThat(request.proposalId()).isEqualTo("_");
        assertThat(request.fault().code()).isEqualTo("AOS-403");
        assertThat(request.fault().message()).contains("1@7");
    }

    @Test
    void aTombstoneAndAMessageThatIsTooLargeAreRefused() {
        assertThat(ReviewRequest.read(null, 0, 1).fault().message()).contains("it is empty");
        assertThat(ReviewRequest.read(new byte[(1 << 20) + 1], 0, 1).fault().message())
                .contains("1048577 bytes");
    }

    @Test
    void aReviewWithOneFaultKeepsItsNames() {
        byte[] json =
                "{\"id\":\"r1\",\"tenant\":\"acme\",\"proposal_id\":\"p1\",\"decision\":\"maybe\",\"by\":\"jo\",\"at\":\"1970-01-01T00:00:00Z\"}"
                        .getBytes(UTF_8);

        ReviewRequest request = ReviewRequest.read(json, 1, 7);

        assertThat(request.tenant()).isEqualTo("acme");
        assertThat(request.proposalId()).isEqualTo("p1");
        assertThat(request.reviewId()).isEqualTo("r1");
        assertThat(request.fault().message()).contains("decision must be one of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "proposal_id", "tenant", "by", "reason", "mapping"})
    void aTextThatNoStoreCanHoldIsRefused(String property) throws Exception {
        for (String text : new String[] {"a\\u0000b", "a\\ud800b", "x".repeat(1 << 13)}) {
            Map<String, String> texts = new TreeMap<>();
            texts.put("id", "r1");
            texts.put("proposal_id", "p1");
            texts.put("tenant", "acme");
            texts.put("decision", "edit");
            texts.put("mapping", "fields: {}");
            texts.put("by", "jo");
            texts.put("reason", "fits");
            texts.put("at", "1970-01-01T00:00:00Z");
            texts.put(property, text);
            StringBuilder json = new StringBuilder("{");
            texts.forEach(
                    (name, value) ->
                            json.append(json.length() > 1 ? "," : "")
                                    .append('"')
                                    .append(name)
                                    .append("\":\"")
                                    .append(value)
                                    .append('"'));

            ReviewRequest request =
                    ReviewRequest.read(json.append('}').toString().getBytes(UTF_8), 0, 1);

            boolean longMapping = property.equals("mapping") && text.length() > 100;
            assertThat(request.fault() == null).as(text).isEqualTo(longMapping);
            assertThat(throughState(request)).isEqualTo(request);
        }
    }

    @Property(tries = 500)
    void whateverIsSentCanBeKept(@ForAll String junk, @ForAll boolean asProperty) throws Exception {
        String json = asProperty ? "{\"" + junk.replace("\"", "") + "\":1}" : junk;

        ReviewRequest request = ReviewRequest.read(json.getBytes(UTF_8), 0, 1);

        assertThat(throughState(request)).isEqualTo(request);
    }

    private static ReviewRequest throughState(ReviewRequest request) throws Exception {
        TypeSerializer<ReviewRequest> serializer =
                MessageType.of(ReviewRequest.class).createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(request, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
