package io.autonomos.mappings.plan;

import io.autonomos.mappings.expression.ExpressionException;
import io.autonomos.mappings.scan.ScanException;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import java.util.Locale;
import java.util.Map;

/** What is wrong with a whole record, and where it stands. */
final class RecordFaults {

    /** The streams on which a whole answer of AWS is read, by the member that holds its records. */
    static final Map<String, String> WHOLE_ANSWERS =
            Map.of(
                    "Reservations", "describe-instances",
                    "DBInstances", "describe-db-instances",
                    "Buckets", "list-buckets",
                    "ResultsByTime", "cost_explorer");

    private RecordFaults() {}

    /** Where a record stands, for messages; never what it holds. */
    static String where(RawRecord record) {
        return record.key().path() + " at " + record.origin() + ":" + record.position();
    }

    /** A page of records, or an event around one, in place of a record. */
    static Fault wrapped(RawRecord record, String inside) {
        ErrorCode code = ErrorCode.RECORD_WRAPPED;
        String member = inside.matches("[\\w.-]{1,64}") ? inside : "a member";
        String whole = WHOLE_ANSWERS.get(member);
        String remedy =
                whole == null || !record.source().toLowerCase(Locale.ROOT).contains("aws")
                        ? code.remedy()
                        : "Send the whole answer to the stream %s, or each record by itself."
                                .formatted(whole);
        return Fault.of(
                code,
                "%s: it has no id, and what it holds as %s looks like the record itself. %s"
                        .formatted(where(record), member, remedy));
    }

    /** What an API said in place of records. */
    static Fault errorAnswer(RawRecord record) {
        ErrorCode code = ErrorCode.API_ERROR;
        return Fault.of(code, "%s: %s %s".formatted(where(record), code.summary(), code.remedy()));
    }

    static Fault tooLarge(RawRecord record, int bytes, int most) {
        ErrorCode code = ErrorCode.EVENT_TOO_LARGE;
        return Fault.of(
                code,
                "%s: its canonical event has %d bytes, at most %d fit. %s"
                        .formatted(where(record), bytes, most, code.remedy()));
    }

    static Fault undecided(RawRecord record, ExpressionException why) {
        ErrorCode code = ErrorCode.VALUE_EXPRESSION;
        return Fault.of(
                code,
                "%s: filter or delete-when: %s. %s"
                        .formatted(where(record), why.getMessage(), code.remedy()));
    }

    static Fault unreadable(RawRecord record, ScanException why) {
        ErrorCode code = why.code();
        return Fault.of(
                code,
                "%s: %s at byte %d. %s"
                        .formatted(where(record), why.getMessage(), why.offset(), code.remedy()));
    }
}
