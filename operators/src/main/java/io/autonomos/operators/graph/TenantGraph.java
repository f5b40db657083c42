package io.autonomos.operators.graph;

import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.GraphEdge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Says what is different in one tenant's graph; what is as it was is not said again. */
final class TenantGraph {

    private final String tenant;
    private final GraphMemory memory;
    private final Instant now;
    private final Consumer<GraphChange> out;

    TenantGraph(String tenant, GraphMemory memory, Instant now, Consumer<GraphChange> out) {
        this.tenant = tenant;
        this.memory = memory;
        this.now = now;
        this.out = out;
    }

    /** Takes what this version declares. */
    void declare(Collection<GraphChange> parts) throws Exception {
        Set<String> gone = new HashSet<>(memory.declaredIds());
        for (GraphChange part : parts) {
            gone.remove(part.id());
            GraphChange before = memory.declared(part.id());
            if (before == null || !Objects.equals(before.body(), part.body())) {
                memory.putDeclared(part);
                out.accept(part);
            }
        }
        for (String id : gone) {
            String part = memory.declared(id).part();
            memory.removeDeclared(id);
            out.accept(GraphChange.gone(tenant, part, id, now));
        }
    }

    /** Takes news of streams, of each one at most. */
    void learn(Collection<StreamFacts> news) throws Exception {
        Set<String> touched = new LinkedHashSet<>();
        List<GraphChange> edges = new ArrayList<>();
        for (StreamFacts each : news) {
            StreamFacts before = memory.facts(each.path());
            StreamFacts after = before == null ? each : before.plus(each);
            if (!after.equals(before)) {
                memory.put(after);
                move(before, after, touched);
                mapping(before, after, edges);
            }
        }
        for (String node : touched) {
            node(node);
        }
        // After the nodes that they join.
        edges.forEach(out);
    }

    private void move(StreamFacts before, StreamFacts after, Set<String> touched) throws Exception {
        String node = GraphParts.streamId(after);
        String last = before == null ? null : GraphParts.streamId(before);
        if (last != null && !last.equals(node)) {
            List<String> left = new ArrayList<>(memory.members(last));
            left.remove(after.path());
            memory.put(last, left);
            touched.add(last);
        }
        if (!node.equals(last)) {
            List<String> members = new ArrayList<>(memory.members(node));
            if (members.isEmpty()) {
                GraphEdge edge = GraphParts.hierarchy(tenant, node);
                touched.remove(node);
                memory.put(node, List.of(after.path()));
                node(node);
                out.accept(GraphChange.of(edge, now));
                return;
            }
            members.add(after.path());
            members.sort(null);
            memory.put(node, members);
        }
        touched.add(node);
    }

    private void node(String id) throws Exception {
        List<StreamFacts> members = new ArrayList<>();
        for (String path : memory.members(id)) {
            members.add(memory.facts(path));
        }
        if (members.isEmpty()) {
            out.accept(GraphChange.gone(tenant, GraphChange.EDGE, GraphParts.hierarchyId(id), now));
            out.accept(GraphChange.gone(tenant, GraphChange.NODE, id, now));
        } else {
            out.accept(GraphChange.of(GraphParts.stream(members), now));
        }
    }

    private void mapping(StreamFacts before, StreamFacts after, List<GraphChange> edges) {
        GraphEdge last = before == null ? null : GraphParts.mapping(before);
        GraphEdge edge = GraphParts.mapping(after);
        if (last != null && (edge == null || !edge.id().equals(last.id()))) {
            edges.add(GraphChange.gone(tenant, GraphChange.EDGE, last.id(), now));
        }
        if (edge != null && !edge.equals(last)) {
            edges.add(GraphChange.of(edge, now));
        }
    }
}
