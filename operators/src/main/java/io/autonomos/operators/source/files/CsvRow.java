package io.autonomos.operators.source.files;

import io.autonomos.schemas.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One row of a CSV file, away from its file: read as the file's reader would have read it. */
public final class CsvRow {

    /** A longer header line does not travel with the rows. */
    public static final int MAX_HEADER = 1 << 16;

    private CsvRow() {}

    /**
     * Reads a row by the header line of its file.
     *
     * @param name where it stands, for messages
     * @param limit the most bytes of a row
     */
    public static FileRecord read(String name, byte[] header, byte[] row, int limit) {
        ByteArrayOutputStream file = new ByteArrayOutputStream(header.length + 1 + row.length);
        file.writeBytes(header);
        file.write('\n');
        file.writeBytes(row);
        int longest = Math.max(limit, header.length);
        try (RecordReader records =
                RecordReader.open(
                        new ByteArrayInputStream(file.toByteArray()),
                        name,
                        FileFormat.CSV,
                        longest,
                        Place.START)) {
            FileRecord first = records.next();
            FileRecord second = first == null ? null : records.next();
            return first != null && second == null ? first : notOneRow(name, row, first == null);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reading an array does not fail
        }
    }

    private static FileRecord notOneRow(String name, byte[] row, boolean none) {
        String what = none ? "there is no row." : "there is more than one row.";
        return new FileRecord(
                2, row, null, Faults.at(ErrorCode.CSV_ROW, name, 2, what), Place.START);
    }
}
