package io.autonomos.jobs.simulate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** One way in which a system changes its records, and what the job should make of it. */
public enum SimulatedDrift {
    RENAMED(Expected.HELD, (record, i) -> rename(record, "StageName", "SalesStage")),
    MOVED(
            Expected.HELD,
            (record, i) ->
                    record.putObject("Forecast").set("Probability", record.remove("Probability"))),
    MONEY_RENAMED(Expected.HELD, (record, i) -> rename(record, "Amount", "DealAmount")),
    KEY_RENAMED(Expected.HELD, (record, i) -> rename(record, "Id", "OpportunityId")),
    REMOVED(Expected.HELD, (record, i) -> record.remove("Type")),
    SWAPPED(
            Expected.HELD,
            (record, i) -> {
                rename(record, "StageName", "Kept");
                rename(record, "Name", "StageName");
                rename(record, "Kept", "Name");
            }),
    FORMAT_CHANGED(
            Expected.HELD,
            (record, i) ->
                    record.put(
                            "CloseDate",
                            LocalDate.parse(record.path("CloseDate").asText())
                                    .format(DateTimeFormatter.ofPattern("dd.MM.uuuu")))),
    RETYPED(
            Expected.NOTED,
            (record, i) ->
                    record.put("Amount", record.path("Amount").decimalValue().toPlainString())),
    MEANING_SUSPECT(
            Expected.NOTED,
            (record, i) ->
                    record.put(
                            "Amount",
                            record.path("Amount")
                                    .decimalValue()
                                    .multiply(BigDecimal.valueOf(100)))),
    ADDED(Expected.NOTED, (record, i) -> record.put("NextStep", "call " + i)),
    UNMAPPED_REMOVED(Expected.NOTED, (record, i) -> record.remove("Description")),
    REORDERED(Expected.QUIET, (record, i) -> reorder(record)),
    NULLED(Expected.QUIET, (record, i) -> record.putNull("Type")),
    ODD(
            Expected.QUIET,
            (record, i) -> {
                if (i == 7) {
                    record.remove("Type");
                }
            }),
    NONE(Expected.QUIET, (record, i) -> {});

    /** What should become of the records. */
    public enum Expected {
        /** Nothing is reported above low severity, and nothing is held back for long. */
        QUIET,
        /** A drift event is reported; nothing is held back. */
        NOTED,
        /** Records wait until the mapping is mended, by itself or by a person. */
        HELD
    }

    private final Expected expected;

    @SuppressWarnings("ImmutableEnumChecker") // the functions above keep nothing
    private final BiConsumer<ObjectNode, Integer> change;

    SimulatedDrift(Expected expected, BiConsumer<ObjectNode, Integer> change) {
        this.expected = expected;
        this.change = change;
    }

    /** Its name on the command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What should become of the records. */
    public Expected expected() {
        return expected;
    }

    /** Changes the record of a number. */
    void apply(ObjectNode record, int number) {
        change.accept(record, number);
    }

    private static void rename(ObjectNode record, String from, String to) {
        record.set(to, record.remove(from));
    }

    private static void reorder(ObjectNode record) {
        List<String> names = new ArrayList<>();
        record.fieldNames().forEachRemaining(name -> names.add(0, name));
        names.forEach(name -> record.set(name, record.remove(name)));
    }
}
