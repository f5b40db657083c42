package io.autonomos.schemas.model;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Resources;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The agents of the domain: every file under {@code agents/} on the class path. A new agent is one
 * new file.
 *
 * <p>A file is an object of {@code id}, {@code label}, {@code description} and {@code reads}: by
 * entity the names of the aggregates through which the agent reads it.
 */
public final class AgentModel {

    private static final String FOLDER = "agents";
    private static final Set<String> KEYS = Set.of("id", "label", "description", "reads");
    private static final String ID = "[a-z][a-z0-9_-]{0,40}";
    private static final String AGGREGATE = "agg_[a-z][a-z0-9_]{0,40}";
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Map<String, Agent> agents;

    private AgentModel(Map<String, Agent> agents) {
        this.agents = Collections.unmodifiableMap(agents);
    }

    /** The agents that ship with this version. */
    public static AgentModel shipped() {
        return Shipped.AGENTS;
    }

    /** Read on first use. */
    private static final class Shipped {
        private static final AgentModel AGENTS =
                load(AgentModel.class.getClassLoader(), EntityModel.shipped());
    }

    /** A model of the given agents only. */
    public static AgentModel of(Agent... all) {
        Map<String, Agent> agents = new TreeMap<>();
        for (Agent agent : all) {
            agents.put(agent.id(), agent);
        }
        return new AgentModel(agents);
    }

    private static AgentModel load(ClassLoader loader, EntityModel model) {
        Map<String, Agent> agents = new TreeMap<>();
        for (Resources.Resource file : Resources.list(loader, FOLDER, ".json")) {
            Agent agent = parse(file.name(), file.bytes(), model);
            if (agents.put(agent.id(), agent) != null) {
                throw invalid(file.name(), "another file has the id " + agent.id() + " too");
            }
        }
        return new AgentModel(agents);
    }

    /** The agents, by id. */
    public Collection<Agent> agents() {
        return agents.values();
    }

    /**
     * Reads one agent's file.
     *
     * @param file its name, for messages
     */
    static Agent parse(String file, byte[] bytes, EntityModel model) {
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (IOException e) {
            throw invalid(file, "it is not JSON: " + e.getMessage());
        }
        root.fieldNames()
                .forEachRemaining(
                        key -> {
                            if (!KEYS.contains(key)) {
                                throw invalid(file, "the key " + key + " is unknown");
                            }
                        });
        String id = root.path("id").asText("");
        if (!id.matches(ID)) {
            throw invalid(file, "id must match " + ID);
        }
        String label = root.path("label").asText("");
        if (label.isBlank()) {
            throw invalid(file, "label must be what people read");
        }
        Map<String, List<String>> reads = new TreeMap<>();
        root.path("reads")
                .properties()
                .forEach(e -> reads.put(e.getKey(), aggregates(file, e.getKey(), e.getValue())));
        if (reads.isEmpty()) {
            throw invalid(file, "reads must name at least one entity");
        }
        reads.keySet().forEach(entity -> requireKnown(file, entity, model));
        return new Agent(id, label, root.path("description").asText(""), reads);
    }

    private static void requireKnown(String file, String entity, EntityModel model) {
        if (model.entity(entity) == null) {
            throw invalid(
                    file,
                    "reads names the entity %s, which the model does not have; there are %s"
                            .formatted(
                                    entity,
                                    model.entities().stream().map(EntitySchema::name).toList()));
        }
    }

    private static List<String> aggregates(String file, String entity, JsonNode names) {
        Set<String> aggregates = new LinkedHashSet<>(EntityModel.texts(names));
        if (!names.isArray() || aggregates.stream().anyMatch(each -> !each.matches(AGGREGATE))) {
            throw invalid(file, "reads.%s must be a list of names like agg_cost".formatted(entity));
        }
        return List.copyOf(aggregates);
    }

    private static IllegalArgumentException invalid(String file, String why) {
        return new IllegalArgumentException(
                "%s: agent file %s: %s. %s"
                        .formatted(
                                ErrorCode.AGENT_INVALID.code(),
                                file,
                                why,
                                ErrorCode.AGENT_INVALID.remedy()));
    }
}
