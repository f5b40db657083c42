package io.autonomos.jobs.cli.files;

import io.autonomos.jobs.cli.common.RecordFiles;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.operators.source.Address;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** Translates the records of files and counts what becomes of each. */
final class Canonicalization implements RecordFiles.Visitor {

    private final Plan given;
    private final OutputStream events;
    private final DeadLetterLines deadLetters;
    private final Translator translator = new Translator(ScanLimits.DEFAULT);

    private String file;
    private Address address;
    private long modifiedAt;
    private StreamTarget target;

    private long in;
    private long filtered;
    private long made;
    private final Map<String, Long> canonical = new TreeMap<>();
    private final Map<String, Long> faults = new TreeMap<>();

    /** Work by the plan given, or by that of each file's stream where there is none. */
    Canonicalization(Plan given, OutputStream events, DeadLetterLines deadLetters) {
        this.given = given;
        this.events = events;
        this.deadLetters = deadLetters;
    }

    @Override
    public void begin(String name, Address from, long at, String csvHeader) {
        file = name;
        address = from;
        modifiedAt = at;
        Plan plan =
                given != null
                        ? given
                        : MappingCatalog.shipped().resolve(from.source(), from.key().stream());
        target = new StreamTarget(from.key(), from.source(), plan);
    }

    @Override
    public void record(FileRecord record) throws IOException {
        in++;
        Translation translation =
                translator.translate(
                        RecordFiles.raw(address.key(), address.source(), file, modifiedAt, record),
                        target);
        Fault fault = translation.fault();
        if (fault != null) {
            faults.merge(fault.code(), 1L, Long::sum);
            deadLetters.write(file, record, fault);
            return;
        }
        if (translation.events().isEmpty()) {
            filtered++;
            return;
        }
        canonical.merge(target.plan().entity().name(), 1L, Long::sum);
        for (CanonicalEvent event : translation.events()) {
            events.write(event.json());
            events.write('\n');
            made++;
        }
    }

    long deadLettered() {
        return sum(faults);
    }

    /** What became of the records, for people. */
    String summary() {
        StringBuilder text = new StringBuilder();
        text.append("%d records: %d canonical".formatted(in, sum(canonical)));
        text.append(inBrackets(canonical));
        if (made != sum(canonical)) {
            text.append(" in %d events".formatted(made));
        }
        text.append(", %d filtered, %d dead-lettered".formatted(filtered, deadLettered()));
        return text.append(inBrackets(faults)).toString();
    }

    /** The same as one JSON object; the names need no escape. */
    String json() {
        return "{\"in\":%d,\"canonical\":%s,\"events\":%d,\"filtered\":%d,\"dead_lettered\":%d,\"codes\":%s}"
                .formatted(in, object(canonical), made, filtered, deadLettered(), object(faults));
    }

    private static String inBrackets(Map<String, Long> counts) {
        return counts.isEmpty() ? "" : " (" + joined(counts, "%s %d", ", ") + ")";
    }

    private static String object(Map<String, Long> counts) {
        return "{" + joined(counts, "\"%s\":%d", ",") + "}";
    }

    private static String joined(Map<String, Long> counts, String pattern, String separator) {
        return String.join(
                separator,
                counts.entrySet().stream()
                        .map(e -> pattern.formatted(e.getKey(), e.getValue()))
                        .toList());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
