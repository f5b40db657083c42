package io.autonomos.operators.graph;

import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.model.AgentModel;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.types.MessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps each tenant's graph: news of streams come in, what is different in the graph goes out,
 * before each checkpoint and no more often.
 *
 * <p>Keyed by tenant. State per tenant: what is known of each of its streams, which of them share a
 * node, and what of the declared parts was said. None lapses: it is bounded by the streams that the
 * tenant ever had.
 */
public final class GraphKeeper extends AbstractStreamOperator<GraphChange>
        implements OneInputStreamOperator<StreamFacts, GraphChange>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    // State names are part of the savepoint format: never rename one.
    static final String FACTS_STATE = "stream-facts";
    static final String MEMBERS_STATE = "node-members";
    static final String DECLARED_STATE = "declared-parts";

    private transient Memory memory;
    private transient Map<String, Map<String, StreamFacts>> news;
    private transient Set<String> greeted;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        memory = new Memory(context.getKeyedStateStore());
        news = new TreeMap<>();
        greeted = new HashSet<>();
    }

    @Override
    public void processElement(StreamRecord<StreamFacts> element) {
        StreamFacts facts = element.getValue();
        if (facts.isAddressed()) {
            news.computeIfAbsent(facts.tenant(), tenant -> new TreeMap<>())
                    .merge(facts.path(), facts, StreamFacts::plus);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        tell();
    }

    @Override
    public void endInput() throws Exception {
        tell();
    }

    private void tell() throws Exception {
        Instant now = Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
        for (Map.Entry<String, Map<String, StreamFacts>> each : news.entrySet()) {
            String tenant = each.getKey();
            setCurrentKey(tenant);
            TenantGraph graph =
                    new TenantGraph(
                            tenant,
                            memory,
                            now,
                            change -> output.collect(new StreamRecord<>(change)));
            if (greeted.add(tenant)) {
                graph.declare(
                        GraphParts.declared(
                                tenant, EntityModel.shipped(), AgentModel.shipped(), now));
            }
            Collection<StreamFacts> facts = each.getValue().values();
            graph.learn(facts);
        }
        news.clear();
    }

    /** The state of the current key. */
    private static final class Memory implements GraphMemory {

        private final transient MapState<String, StreamFacts> facts;
        private final transient MapState<String, List<String>> members;
        private final transient MapState<String, GraphChange> declared;

        Memory(KeyedStateStore state) {
            facts = state.getMapState(byText(FACTS_STATE, MessageType.of(StreamFacts.class)));
            members = state.getMapState(byText(MEMBERS_STATE, Types.LIST(Types.STRING)));
            declared = state.getMapState(byText(DECLARED_STATE, MessageType.of(GraphChange.class)));
        }

        private static <T> MapStateDescriptor<String, T> byText(
                String name, TypeInformation<T> type) {
            return new MapStateDescriptor<>(name, Types.STRING, type);
        }

        @Override
        public StreamFacts facts(String path) throws Exception {
            return facts.get(path);
        }

        @Override
        public void put(StreamFacts known) throws Exception {
            facts.put(known.path(), known);
        }

        @Override
        public List<String> members(String node) throws Exception {
            List<String> found = members.get(node);
            return found == null ? List.of() : found;
        }

        @Override
        public void put(String node, List<String> paths) throws Exception {
            if (paths.isEmpty()) {
                members.remove(node);
            } else {
                members.put(node, new ArrayList<>(paths));
            }
        }

        @Override
        public GraphChange declared(String id) throws Exception {
            return declared.get(id);
        }

        @Override
        public List<String> declaredIds() throws Exception {
            List<String> ids = new ArrayList<>();
            declared.keys().forEach(ids::add);
            return ids;
        }

        @Override
        public void putDeclared(GraphChange part) throws Exception {
            declared.put(part.id(), part);
        }

        @Override
        public void removeDeclared(String id) throws Exception {
            declared.remove(id);
        }
    }
}
