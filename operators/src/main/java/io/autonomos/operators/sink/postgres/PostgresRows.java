package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.messages.MessageJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** What the batches of messages share. */
final class PostgresRows {

    /** Orders rows by their keys, so that two subtasks take locks in the same order. */
    static final Comparator<List<String>> BY_TEXTS =
            (a, b) -> {
                for (int i = 0; i < a.size(); i++) {
                    int order = a.get(i).compareTo(b.get(i));
                    if (order != 0) {
                        return order;
                    }
                }
                return 0;
            };

    private PostgresRows() {}

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static void addJson(PostgresArray array, Object message) {
        byte[] json = MessageJson.write(message);
        array.addText(json, 0, json.length);
    }
}
