package io.autonomos.jobs.cli.records;

import static io.autonomos.jobs.cli.records.DeadLetterCommand.header;

import io.autonomos.operators.source.files.FileFormat;
import io.autonomos.schemas.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decides which dead letters can go to the raw topic again: those that hold a whole record with its
 * address. Of a record that failed several times only the last dead letter goes.
 */
final class DeadLetterReplay {

    /** Why a dead letter is left out. */
    private enum Why {
        NO_ADDRESS("whose headers or file name the sender must mend"),
        CUT("cut as they were too large"),
        NO_RECORD("of files that could not be read"),
        NO_CSV_HEADER("of CSV files whose header cannot be used");

        private final String words;

        Why(String words) {
            this.words = words;
        }
    }

    /** What was wrong in these is not in the dead letter, so the record would not be the same. */
    private static final Set<String> BAD_HEADERS =
            Set.of(
                    ErrorCode.HEADER_MISSING.code(),
                    ErrorCode.HEADER_INVALID.code(),
                    ErrorCode.FILE_NAME.code(),
                    ErrorCode.TENANT_INVALID.code(),
                    ErrorCode.TENANT_MISMATCH.code());

    private final Map<List<Object>, ConsumerRecord<byte[], byte[]>> letters = new LinkedHashMap<>();
    private final Map<Why, Integer> leftOut = new EnumMap<>(Why.class);

    /**
     * @param all the dead letters asked for, oldest first
     */
    DeadLetterReplay(List<ConsumerRecord<byte[], byte[]>> all) {
        for (ConsumerRecord<byte[], byte[]> letter : all) {
            Why why = why(letter);
            if (why == null) {
                letters.merge(identity(letter), letter, DeadLetterReplay::later);
            } else {
                leftOut.merge(why, 1, Integer::sum);
            }
        }
    }

    /** What goes, in order. */
    Collection<ConsumerRecord<byte[], byte[]>> letters() {
        return letters.values();
    }

    boolean isWhole() {
        return leftOut.isEmpty();
    }

    /** The end of a sentence that says how many are left out and why. */
    String leftOut() {
        if (isWhole()) {
            return ".";
        }
        List<String> parts = new ArrayList<>();
        leftOut.forEach((why, count) -> parts.add(count + " " + why.words));
        int sum = leftOut.values().stream().mapToInt(Integer::intValue).sum();
        return ", %d left out: %s.".formatted(sum, String.join(", ", parts));
    }

    private static Why why(ConsumerRecord<byte[], byte[]> letter) {
        String code = header(letter, "autonomos.error-code");
        if (header(letter, "tenant") == null || BAD_HEADERS.contains(code)) {
            return Why.NO_ADDRESS;
        }
        if (header(letter, "autonomos.value-size") != null
                || header(letter, "autonomos.key-size") != null) {
            return Why.CUT;
        }
        String origin = header(letter, DeadLetterCommand.ORIGIN);
        boolean isFile = origin != null && origin.indexOf('/') >= 0; // no topic has a slash
        if (!isFile) {
            return null;
        }
        if (ErrorCode.FILE_UNREADABLE.code().equals(code)
                || ErrorCode.FORMAT_UNKNOWN.code().equals(code)) {
            return Why.NO_RECORD;
        }
        if (ErrorCode.RECORD_TOO_LARGE.code().equals(code)) {
            return Why.CUT;
        }
        boolean isCsv = FileFormat.ofName(origin) == FileFormat.CSV;
        return isCsv && header(letter, "autonomos.csv-header") == null ? Why.NO_CSV_HEADER : null;
    }

    /** The same for each failure of one record, as a replay changes none of it. */
    private static List<Object> identity(ConsumerRecord<byte[], byte[]> letter) {
        return Arrays.asList(
                wrapped(letter.key()),
                wrapped(letter.value()),
                header(letter, "tenant"),
                header(letter, "connection"),
                header(letter, "source"),
                header(letter, "stream"),
                header(letter, "op"),
                header(letter, "record-id"),
                header(letter, "emitted-at"),
                header(letter, "autonomos.first-failed-at"));
    }

    private static ByteBuffer wrapped(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static ConsumerRecord<byte[], byte[]> later(
            ConsumerRecord<byte[], byte[]> one, ConsumerRecord<byte[], byte[]> other) {
        return attempt(other) >= attempt(one) ? other : one;
    }

    private static int attempt(ConsumerRecord<byte[], byte[]> letter) {
        String attempt = header(letter, "autonomos.attempt");
        return attempt == null ? 0 : Integer.parseInt(attempt);
    }
}
