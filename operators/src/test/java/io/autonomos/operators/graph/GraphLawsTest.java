package io.autonomos.operators.graph;

import static io.autonomos.operators.graph.TestingGraph.made;
import static io.autonomos.operators.graph.TestingGraph.mapped;
import static io.autonomos.operators.graph.TestingGraph.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every graph, whatever came and in whatever order. */
@SuppressWarnings("try") // Flink's harnesses may be interrupted while they close
class GraphLawsTest {

    @Property(tries = 60)
    void orderRepetitionAndCheckpointsMakeNoDifference(
            @ForAll("news") List<StreamFacts> news, @ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<StreamFacts> shuffled = new ArrayList<>(news);
        shuffled.addAll(news.subList(0, news.size() / 2));
        Collections.shuffle(shuffled, random);

        assertThat(graph(shuffled, random, 0.3)).isEqualTo(graph(news, random, 0));
    }

    @Property(tries = 40)
    void noTenantSeesAnother(@ForAll("news") List<StreamFacts> news, @ForAll long seed)
            throws Exception {
        List<StreamFacts> acme =
                news.stream().filter(each -> each.tenant().equals("acme")).toList();
        Random random = new Random(seed);
        Map<String, Object> together = new TreeMap<>(graph(news, random, 0.2));

        together.keySet().removeIf(key -> !key.startsWith("acme "));

        assertThat(together).isEqualTo(graph(acme, random, 0.2));
        assertThat(together.values())
                .allMatch(
                        part ->
                                part instanceof GraphNode node
                                        ? node.tenant().equals("acme")
                                        : ((GraphEdge) part).tenant().equals("acme"));
    }

    @Property(tries = 40)
    void edgesJoinNodesThatAreThere(@ForAll("news") List<StreamFacts> news, @ForAll long seed)
            throws Exception {
        Map<String, Object> parts = graph(news, new Random(seed), 0.3);

        parts.forEach(
                (key, part) -> {
                    if (part instanceof GraphEdge edge) {
                        assertThat(parts)
                                .containsKey(edge.tenant() + " node " + edge.from())
                                .containsKey(edge.tenant() + " node " + edge.to());
                    }
                });
    }

    private static Map<String, Object> graph(
            List<StreamFacts> news, Random random, double checkpoints) throws Exception {
        try (TestingGraph graph = new TestingGraph()) {
            for (StreamFacts each : news) {
                graph.send(each);
                if (random.nextDouble() < checkpoints) {
                    List<GraphChange> changes = graph.checkpoint();
                    assertThat(changes).isNotNull();
                }
            }
            graph.checkpoint();
            return graph.parts();
        }
    }

    @Provide
    Arbitrary<List<StreamFacts>> news() {
        Arbitrary<StreamKey> keys =
                Combinators.combine(
                                Arbitraries.of("acme", "globex"),
                                Arbitraries.of("crm", "desk"),
                                Arbitraries.of("Account", "deals"))
                        .as(StreamKey::new);
        Arbitrary<String> sources = Arbitraries.of("salesforce", "hubspot");
        Arbitrary<Integer> numbers = Arbitraries.integers().between(1, 4);
        Arbitrary<StreamFacts> received =
                Combinators.combine(keys, sources, numbers, numbers)
                        .as((key, source, in, at) -> received(key, source, in, at));
        Arbitrary<StreamFacts> made =
                Combinators.combine(keys, sources, numbers, numbers)
                        .as((key, source, in, at) -> made(key, source, in, at));
        Arbitrary<StreamFacts> mapped =
                Combinators.combine(
                                keys,
                                sources,
                                Arbitraries.of("account", "contact"),
                                numbers,
                                numbers)
                        .as(TestingGraph::mapped);
        return Arbitraries.oneOf(received, made, mapped).list().ofMinSize(1).ofMaxSize(14);
    }
}
