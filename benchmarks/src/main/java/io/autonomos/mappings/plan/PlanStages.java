package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.RecordScanner;
import io.autonomos.mappings.scan.ScanException;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.Fault;

/**
 * The stages of a translation one by one, for the benchmarks. It stands in the package of the
 * stages because nothing else has a use for them apart.
 */
public final class PlanStages {

    private final RecordScanner scanner;
    private final FieldEvaluator evaluator;

    public PlanStages(Plan plan) {
        scanner = plan.scan().newScanner(ScanLimits.DEFAULT);
        evaluator = new FieldEvaluator(plan, scanner.slots());
    }

    /** Validates and fingerprints a record and finds the mapped values. */
    public long scan(byte[] record) throws ScanException {
        scanner.scan(record);
        return scanner.fingerprintHigh() ^ scanner.fingerprintLow();
    }

    /** The same, and checks and casts the values; returns why the record is refused, or null. */
    public Fault scanAndCast(byte[] record, String recordId) throws ScanException {
        scanner.scan(record);
        return evaluator.evaluate(record, false, recordId, scanner.duplicateName());
    }
}
