package io.autonomos.mappings.match;

import java.util.Locale;

/** What a declared or observed type amounts to, whoever names it. */
public enum TypeClass {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    DATE,
    TIME,
    UUID,
    LIST,
    OBJECT,
    REFERENCE,
    UNKNOWN;

    /** The class of a type as sources and databases write it. */
    public static TypeClass of(String type) {
        String t = type == null ? "" : type.toLowerCase(Locale.ROOT).strip();
        if (t.startsWith("timestamp") || t.startsWith("datetime") || t.equals("time")) {
            return TIME;
        }
        int bracket = t.indexOf('(');
        t = bracket > 0 ? t.substring(0, bracket).strip() : t;
        if (t.endsWith("[]")) {
            return LIST;
        }
        return switch (t) {
            case "string", "text", "char", "varchar", "character varying", "html", "citext" -> TEXT;
            case "selection", "enum", "picklist", "bytea", "binary" -> TEXT;
            case "integer", "int", "bigint", "smallint", "long", "int4", "int8", "serial" ->
                    INTEGER;
            case "number", "float", "double", "decimal", "numeric", "monetary", "real", "money" ->
                    DECIMAL;
            case "double precision", "currency", "percent" -> DECIMAL;
            case "boolean", "bool" -> BOOLEAN;
            case "date" -> DATE;
            case "uuid", "guid" -> UUID;
            case "array", "list", "many2many", "one2many", "multipicklist" -> LIST;
            case "object", "json", "jsonb", "struct", "map", "record" -> OBJECT;
            case "many2one", "reference", "lookup" -> REFERENCE;
            default -> UNKNOWN;
        };
    }

    /** How easily a value of one is written as the other: 1 the same, 0 not at all. */
    public double compatibility(TypeClass other) {
        if (this == other) {
            return 1;
        }
        if (this == UNKNOWN || other == UNKNOWN) {
            return 0.6;
        }
        return Math.max(oneWay(this, other), oneWay(other, this));
    }

    private static double oneWay(TypeClass a, TypeClass b) {
        return switch (a) {
            case INTEGER ->
                    switch (b) {
                        case DECIMAL -> 0.9;
                        case TEXT, REFERENCE -> 0.6;
                        case TIME, LIST -> 0.4;
                        case UUID -> 0.3;
                        case DATE, BOOLEAN -> 0.2;
                        default -> 0.1;
                    };
            case DATE -> b == TIME ? 0.9 : b == TEXT ? 0.5 : 0.1;
            case TIME, DECIMAL -> b == TEXT ? 0.5 : 0.1;
            case UUID -> b == TEXT ? 0.7 : b == REFERENCE ? 0.5 : 0.1;
            case BOOLEAN -> b == TEXT ? 0.3 : 0.1;
            case REFERENCE -> b == LIST || b == OBJECT ? 0.6 : b == TEXT ? 0.4 : 0.1;
            case OBJECT -> b == LIST ? 0.6 : b == TEXT ? 0.4 : 0.1;
            case LIST -> b == TEXT ? 0.4 : 0.1;
            default -> 0.1;
        };
    }
}
