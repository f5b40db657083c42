package io.autonomos.operators.repair.llm;

import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.RepairProposal.Change;
import io.autonomos.schemas.messages.RepairProposal.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model chose for a drift: of each field the path, or nothing for none of them. Its JSON is
 * part of the savepoint format.
 *
 * @param chosen by canonical field; empty where the model gave no usable answer
 */
public record Opinion(Map<String, String> chosen) {

    /** The kind of its evidence. */
    static final String KIND = "language-model";

    private static final String NOTHING = "";

    static Opinion none() {
        return new Opinion(Map.of());
    }

    static Opinion of(Question question, Map<String, String> ids) {
        Map<String, String> chosen = new TreeMap<>();
        for (Question.Field field : question.fields()) {
            String candidate = field.candidate(ids.get(field.change().field()));
            chosen.put(field.change().field(), candidate == null ? NOTHING : candidate);
        }
        return new Opinion(chosen);
    }

    /** The proposal with the opinion as evidence; its confidence and its tier stay. */
    RepairProposal on(RepairProposal proposal) {
        if (chosen.isEmpty()) {
            return proposal;
        }
        List<Change> changes = new ArrayList<>();
        for (Change change : proposal.changes()) {
            String choice = chosen.get(change.field());
            changes.add(choice == null ? change : with(change, choice));
        }
        return proposal.withChanges(changes);
    }

    private static Change with(Change change, String choice) {
        boolean agrees = choice.equals(String.join(" + ", change.after()));
        String note =
                agrees
                        ? "the model chooses the proposed path"
                        : choice.equals(NOTHING)
                                ? "the model chooses none of the candidates"
                                : "the model chooses another candidate: " + choice;
        List<Evidence> evidence = new ArrayList<>(change.evidence());
        evidence.add(new Evidence(KIND, agrees ? 1 : 0, note));
        return new Change(
                change.field(),
                change.before(),
                change.after(),
                change.confidence(),
                change.tier(),
                evidence,
                change.alternatives(),
                change.looks());
    }
}
