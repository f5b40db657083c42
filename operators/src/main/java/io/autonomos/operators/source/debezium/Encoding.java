package io.autonomos.operators.source.debezium;

/** How a value is written that plain JSON writes otherwise. */
enum Encoding {
    /** Base64 of an unscaled number; the schema has the scale. */
    DECIMAL,
    /** An object of the scale and base64 of the unscaled number. */
    SCALED_DECIMAL,
    /** Days since 1970. */
    DATE,
    TIMESTAMP_MILLIS,
    TIMESTAMP_MICROS,
    TIMESTAMP_NANOS,
    /** Milliseconds since midnight. */
    TIME_MILLIS,
    TIME_MICROS,
    TIME_NANOS,
    /** A text that holds JSON. */
    JSON,
    ARRAY,
    MAP,
    STRUCT;

    /** The encoding that goes by a schema's name, or null. */
    static Encoding ofName(String name) {
        return switch (name) {
            case "org.apache.kafka.connect.data.Decimal" -> DECIMAL;
            case "io.debezium.data.VariableScaleDecimal" -> SCALED_DECIMAL;
            case "org.apache.kafka.connect.data.Date", "io.debezium.time.Date" -> DATE;
            case "org.apache.kafka.connect.data.Timestamp", "io.debezium.time.Timestamp" ->
                    TIMESTAMP_MILLIS;
            case "io.debezium.time.MicroTimestamp" -> TIMESTAMP_MICROS;
            case "io.debezium.time.NanoTimestamp" -> TIMESTAMP_NANOS;
            case "org.apache.kafka.connect.data.Time", "io.debezium.time.Time" -> TIME_MILLIS;
            case "io.debezium.time.MicroTime" -> TIME_MICROS;
            case "io.debezium.time.NanoTime" -> TIME_NANOS;
            case "io.debezium.data.Json" -> JSON;
            default -> null;
        };
    }
}
