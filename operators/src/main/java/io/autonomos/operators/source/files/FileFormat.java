package io.autonomos.operators.source.files;

import java.util.Locale;

/** How the records stand in a file. */
public enum FileFormat {
    /** One record a line. */
    JSON_LINES("jsonl"),
    /** The whole file is one record. */
    JSON("json"),
    /** RFC 4180 with a header; each row is a record whose values are text. */
    CSV("csv"),
    /** Each line, or the whole of a {@code .json} file, is a page of records as an API sends it. */
    PAGES("pages");

    private final String word;

    FileFormat(String word) {
        this.word = word;
    }

    /** The word for it on the command line. */
    public String word() {
        return word;
    }

    /** The format of that word, or null. */
    public static FileFormat ofWord(String word) {
        for (FileFormat format : values()) {
            if (format.word.equalsIgnoreCase(word)) {
                return format;
            }
        }
        return null;
    }

    /** The format that the file's ending tells, or null. */
    public static FileFormat ofName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "jsonl", "ndjson" -> JSON_LINES;
            case "json" -> JSON;
            case "csv", "tsv" -> CSV;
            default -> null;
        };
    }
}
