package io.autonomos.schemas.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which of the values that several records have for one field becomes the unified row's. Records
 * with equal claims are told apart by their clock, then by connection, stream and record id.
 */
public enum MergeRule {
    /** The value of the record with the newest clock. */
    NEWEST("newest"),
    /** The longest text. */
    LONGEST("longest"),
    /** All parts of the lists or maps; of a map's key the newest value. */
    UNION("union"),
    /** The newest value of the first source that is listed and has one. */
    SOURCE_PRIORITY("source-priority"),
    /** The smallest number, the earliest date or time. */
    SMALLEST("smallest"),
    /** The largest number, the latest date or time. */
    LARGEST("largest");

    private final String key;

    MergeRule(String key) {
        this.key = key;
    }

    /** Its name in entity files. */
    public String key() {
        return key;
    }

    /** The names of all. */
    public static List<String> keys() {
        return Stream.of(values()).map(MergeRule::key).toList();
    }

    /** The rule of that name, or null. */
    public static MergeRule of(String key) {
        return Stream.of(values()).filter(each -> each.key.equals(key)).findFirst().orElse(null);
    }

    /** Whether fields of the type can be merged by it. */
    public boolean isFor(FieldType type) {
        return switch (this) {
            case NEWEST, SOURCE_PRIORITY -> true;
            case LONGEST -> type == FieldType.TEXT;
            case UNION -> type == FieldType.TEXT_LIST || type == FieldType.TEXT_MAP;
            case SMALLEST, LARGEST ->
                    type == FieldType.INTEGER
                            || type == FieldType.DECIMAL
                            || type == FieldType.DATE
                            || type == FieldType.TIMESTAMP;
        };
    }
}
