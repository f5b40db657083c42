package io.autonomos.jobs.cli;

import io.autonomos.operators.source.files.FileFormat;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.operators.source.files.Place;
import io.autonomos.operators.source.files.RecordReader;
import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The first records of a file, as JSON. */
final class SampleRecords {

    private SampleRecords() {}

    /** Reads up to {@code most} readable records. */
    static List<byte[]> read(Path file, int most) {
        FileFormat format = FileFormat.ofName(file.toString());
        if (format == null) {
            throw new CommandException(
                    ErrorCode.FORMAT_UNKNOWN, file + ": its ending tells no format.");
        }
        List<byte[]> records = new ArrayList<>();
        try (RecordReader reader =
                RecordReader.open(
                        Files.newInputStream(file),
                        file.toString(),
                        format,
                        RecordFiles.MAX_RECORD_SIZE,
                        Place.START)) {
            FileRecord record = reader.next();
            while (record != null && records.size() < most) {
                if (record.fault() == null) {
                    records.add(record.json());
                }
                record = reader.next();
            }
        } catch (IOException e) {
            String why = Files.exists(file) ? "cannot be read" : "does not exist";
            throw new CommandException(
                    "%s %s (%s).".formatted(file, why, e.getClass().getSimpleName()));
        }
        if (records.isEmpty()) {
            throw new CommandException(file + " has no readable record.");
        }
        return records;
    }
}
