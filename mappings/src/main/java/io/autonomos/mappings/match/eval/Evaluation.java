package io.autonomos.mappings.match.eval;

import io.autonomos.mappings.match.FieldDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What a method decides on cases, and how right it is where the truth is known. */
public final class Evaluation {

    private final Method method;
    private final List<CaseDecisions> cases = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    /** A case with the decisions on it. */
    public record CaseDecisions(DriftCase drift, List<FieldDecision> decisions) {}

    /** Decides every case. */
    public Evaluation(Method method, List<DriftCase> all) {
        this.method = method;
        for (DriftCase drift : all) {
            List<FieldDecision> decisions = method.decide(drift);
            cases.add(new CaseDecisions(drift, decisions));
            for (FieldDecision each : decisions) {
                Outcome outcome = Outcome.of(drift, each.before(), each.after(), each.confidence());
                if (outcome != null) {
                    outcomes.add(outcome);
                }
            }
        }
    }

    /** The name of the method. */
    public String method() {
        return method.name();
    }

    /** Each case with the decisions on it. */
    public List<CaseDecisions> cases() {
        return List.copyOf(cases);
    }

    /** The scores of all decisions whose truth is known. */
    public Scores total() {
        return new Scores(outcomes);
    }

    /** The scores per case type. */
    public Map<String, Scores> byCaseType() {
        return by(Outcome::caseType);
    }

    /** The scores per difficulty of a rename, and per kind of anything else. */
    public Map<String, Scores> byLevel() {
        return by(Outcome::level);
    }

    private Map<String, Scores> by(Function<Outcome, String> key) {
        Map<String, List<Outcome>> groups = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            groups.computeIfAbsent(key.apply(outcome), name -> new ArrayList<>()).add(outcome);
        }
        Map<String, Scores> scores = new TreeMap<>();
        groups.forEach((name, group) -> scores.put(name, new Scores(group)));
        return scores;
    }
}
