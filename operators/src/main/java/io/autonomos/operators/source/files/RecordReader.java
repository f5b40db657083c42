package io.autonomos.operators.source.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reads the records of one file in order, in memory bounded by the largest record allowed.
 *
 * <p>A record that cannot be read has its own fault and never stops the file; an exception means
 * that the file itself cannot be read.
 */
public interface RecordReader extends Closeable {

    /** The next record, or null at the end. */
    FileRecord next() throws IOException;

    /** The names of the columns, where the format has them and they can be used; else empty. */
    default List<String> columns() {
        return List.of();
    }

    /**
     * The header line that a row needs to be read away from this file; null where the format has
     * none, it cannot be used, or it is longer than {@link CsvRow#MAX_HEADER}.
     */
    default String csvHeader() {
        return null;
    }

    /** Says whose records are wanted where a file holds those of several streams. */
    default void ofStream(String name) {}

    /**
     * Opens a file and goes to the place; closes the stream with the reader.
     *
     * @param name the file's name, for messages
     * @param maxRecordSize a longer record is a fault; only its beginning is kept
     * @param from {@link Place#START}, or a {@link FileRecord#next()} of the same file
     */
    static RecordReader open(
            InputStream in, String name, FileFormat format, int maxRecordSize, Place from)
            throws IOException {
        ByteWindow window = new ByteWindow(in);
        window.skipByteOrderMark();
        return switch (format) {
            case JSON_LINES -> new JsonLinesReader(window, name, maxRecordSize, from);
            case JSON -> new JsonFileReader(window, name, maxRecordSize, from);
            case CSV -> new CsvReader(window, name, maxRecordSize, from);
            case PAGES -> {
                boolean whole = FileFormat.ofName(name) == FileFormat.JSON;
                yield new PageReader(
                        whole
                                ? new JsonFileReader(window, name, maxRecordSize, from)
                                : new JsonLinesReader(window, name, maxRecordSize, from),
                        maxRecordSize);
            }
        };
    }
}
