package io.autonomos.operators.repair.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.operators.repair.FieldThresholds;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Tier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model is asked about one proposal: for each uncertain field which of closed candidates it
 * reads from now on. Fields and candidates have ids; names from outside are data in JSON beside
 * them, values are not in it at all.
 *
 * @param fields the uncertain fields
 */
record Question(RepairProposal proposal, List<Field> fields) {

    /** Stands for none of the candidates. */
    static final String NONE = "none";

    private static final int MOST_FIELDS = 20;
    private static final int MOST_CANDIDATES = 10;
    private static final int MOST_NAME = 120;
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** One field with its candidates, the proposed one first. */
    record Field(RepairProposal.Change change, List<String> candidates) {

        /** The ids that can be answered. */
        List<String> ids() {
            List<String> ids = new ArrayList<>();
            for (int i = 1; i <= candidates.size(); i++) {
                ids.add("c" + i);
            }
            ids.add(NONE);
            return ids;
        }

        /** The candidate of an id; null for {@link #NONE}. */
        String candidate(String id) {
            return id.equals(NONE) ? null : candidates.get(Integer.parseInt(id.substring(1)) - 1);
        }
    }

    /**
     * The question about the changes in the uncertain band.
     *
     * @param thresholds from where to where a field is uncertain
     */
    static Question of(RepairProposal proposal, FieldThresholds thresholds) {
        List<Field> fields = new ArrayList<>();
        for (RepairProposal.Change change : proposal.changes()) {
            List<String> candidates = new ArrayList<>();
            if (!change.after().isEmpty()) {
                candidates.add(String.join(" + ", change.after()));
            }
            change.alternatives().stream()
                    .map(RepairProposal.Alternative::path)
                    .filter(path -> !candidates.contains(path))
                    .limit(MOST_CANDIDATES - 1)
                    .forEach(candidates::add);
            boolean uncertain =
                    thresholds.of(change.field()).tier(change.confidence()) == Tier.REVIEW;
            if (uncertain && !candidates.isEmpty() && fields.size() < MOST_FIELDS) {
                fields.add(new Field(change, List.copyOf(candidates)));
            }
        }
        return new Question(proposal, List.copyOf(fields));
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** The id of the field at a place. */
    static String id(int place) {
        return "f" + (place + 1);
    }

    /** The data of the question, as JSON: names are values in it, never instructions. */
    String data() {
        ObjectNode data = JSON.createObjectNode();
        data.put("system", name(proposal.source()));
        data.put("entity", proposal.entity());
        ArrayNode all = data.putArray("fields");
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            ObjectNode node = all.addObject();
            node.put("id", id(i));
            node.put("canonical_field", field.change().field());
            ArrayNode before = node.putArray("read_until_now_from");
            field.change().before().forEach(path -> before.add(name(path)));
            ArrayNode candidates = node.putArray("candidates");
            List<String> ids = field.ids();
            for (int c = 0; c < field.candidates().size(); c++) {
                String path = field.candidates().get(c);
                ObjectNode candidate = candidates.addObject();
                candidate.put("id", ids.get(c));
                candidate.put("path", name(path));
                proposal.samples().stream()
                        .filter(sample -> sample.path().equals(path))
                        .limit(2)
                        .forEach(s -> candidate.withArray("looks_like").add(name(s.masked())));
            }
        }
        return data.toString();
    }

    private static String name(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
        return line.length() > MOST_NAME ? line.substring(0, MOST_NAME) : line;
    }

    /**
     * Reads an answer: the chosen id of each field.
     *
     * @return null where it is anything but one allowed id for each field
     */
    Map<String, String> read(String answer) {
        JsonNode json;
        try {
            json = answer == null ? null : JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            return null;
        }
        if (json == null || !json.isObject() || json.size() != fields.size()) {
            return null;
        }
        Map<String, String> chosen = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            String id = json.path(id(i)).asText();
            if (!fields.get(i).ids().contains(id)) {
                return null;
            }
            chosen.put(fields.get(i).change().field(), id);
        }
        return chosen;
    }
}
