package io.autonomos.mappings.match.eval;

import io.autonomos.mappings.match.FieldDecision;
import io.autonomos.mappings.match.SchemaChange;
import java.util.List;

/** A way to find the partners of fields. */
public interface Method {

    /** What to call it in a table. */
    String name();

    /** One decision for each field that is gone or has another type. */
    List<FieldDecision> decide(DriftCase drift);

    /** A score for each pair of a task's source and target columns. */
    double[][] scores(SchemaChange task);
}
