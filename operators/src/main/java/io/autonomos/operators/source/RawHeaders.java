package io.autonomos.operators.source;

import org.apache.kafka.common.header.Header;

/** The headers of the contract of one Kafka record; of two with one name the last counts. */
final class RawHeaders {

    static final String CSV_HEADER = "autonomos.csv-header";

    static final String FORMAT = "autonomos.format";

    private static final byte[] EMPTY = {};

    byte[] tenant;
    byte[] connection;
    byte[] source;
    byte[] stream;
    byte[] op;
    byte[] recordId;
    byte[] emittedAt;
    byte[] attempt;
    byte[] firstFailedAt;
    byte[] format;

    /** Empty where the header has no value. */
    byte[] csvHeader;

    RawHeaders(Iterable<Header> headers) {
        for (Header header : headers) {
            switch (header.key()) {
                case "tenant" -> tenant = header.value();
                case "connection" -> connection = header.value();
                case "source" -> source = header.value();
                case "stream" -> stream = header.value();
                case "op" -> op = header.value();
                case "record-id" -> recordId = header.value();
                case "emitted-at" -> emittedAt = header.value();
                case "autonomos.attempt" -> attempt = header.value();
                case "autonomos.first-failed-at" -> firstFailedAt = header.value();
                case FORMAT -> format = header.value();
                case CSV_HEADER -> csvHeader = header.value() == null ? EMPTY : header.value();
                default -> {
                    // Tracing headers and the like are not part of the contract.
                }
            }
        }
    }
}
