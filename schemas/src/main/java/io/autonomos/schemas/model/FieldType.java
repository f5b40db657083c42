package io.autonomos.schemas.model;

/** The types a canonical field can have; each names its column in the two databases. */
public enum FieldType {
    TEXT("text", "VARCHAR"),
    INTEGER("bigint", "BIGINT"),
    /** Exact, at most {@link #DECIMAL_PRECISION} digits, {@link #DECIMAL_SCALE} after the point. */
    DECIMAL("numeric", "DECIMAL(38,18)"),
    BOOLEAN("boolean", "BOOLEAN"),
    DATE("date", "DATE"),
    /** An instant in UTC, to the microsecond. */
    TIMESTAMP("timestamptz", "TIMESTAMPTZ"),
    /** A list of text. */
    TEXT_LIST("text[]", "VARCHAR[]"),
    /** A map from text to text, as a JSON object. */
    TEXT_MAP("jsonb", "JSON");

    public static final int DECIMAL_PRECISION = 38;
    public static final int DECIMAL_SCALE = 18;

    private final String postgresType;
    private final String duckDbType;

    FieldType(String postgresType, String duckDbType) {
        this.postgresType = postgresType;
        this.duckDbType = duckDbType;
    }

    public String postgresType() {
        return postgresType;
    }

    public String duckDbType() {
        return duckDbType;
    }
}
