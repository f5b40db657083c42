package io.autonomos.operators.source;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the messages of a topic look like. */
public enum FeedFormat {
    /** The message is the record; its address is in the headers. */
    RAW,
    /** Messages of the Airbyte protocol, or as Airbyte's own Kafka destination writes them. */
    AIRBYTE,
    /** Change events of Debezium in JSON, with or without the converter's schema. */
    DEBEZIUM,
    /** A JSON object that holds the address and, under {@code data}, the record. */
    ENVELOPE,
    /** What an API answers: an array of records, or an object around them; each is a raw record. */
    PAGES;

    /** The word of settings and headers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of a word, or null. */
    public static FeedFormat ofWord(String word) {
        for (FeedFormat each : values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        return null;
    }

    /** The format that a header names, or null. */
    static FeedFormat ofHeader(byte[] word) {
        return ofWord(new String(word, StandardCharsets.UTF_8));
    }

    /** A reader of this format, or null where the message is made of raw records. */
    FeedReader reader(int maxRecordSize) {
        return switch (this) {
            case RAW, PAGES -> null;
            case AIRBYTE -> new AirbyteReader(maxRecordSize);
            case DEBEZIUM -> new DebeziumReader(maxRecordSize);
            case ENVELOPE -> new EnvelopeReader(maxRecordSize);
        };
    }
}
