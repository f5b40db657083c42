package io.autonomos.jobs.cli.common;

import io.autonomos.mappings.scan.Pages;
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
import java.util.function.Predicate;

/** The first records of a file. */
public final class SampleRecords {

    private SampleRecords() {}

    /** Reads up to {@code most} readable records. */
    public static List<byte[]> read(Path file, int most) {
        List<byte[]> records =
                read(file, most, record -> record.fault() == null).stream()
                        .map(FileRecord::json)
                        .toList();
        if (records.isEmpty()) {
            String why =
                    all(file, 1).stream()
                            .map(each -> " " + each.fault().code() + ": " + each.fault().message())
                            .findFirst()
                            .orElse(" It is empty.");
            throw new CommandException(file + " has no readable record." + why);
        }
        return records;
    }

    /** The same; where the file is one page of records, as an API answers, those of the page. */
    public static List<byte[]> ofPage(Path file, int most) {
        List<byte[]> records = read(file, most);
        if (records.size() != 1) {
            return records;
        }
        Pages.Found page = new Pages(RecordFiles.MAX_RECORD_SIZE).find(records.get(0));
        return page == null || !page.isList() || page.records().isEmpty()
                ? records
                : page.records().stream().limit(most).toList();
    }

    /** Reads up to {@code most} records, whatever is wrong with them. */
    public static List<FileRecord> all(Path file, int most) {
        return read(file, most, record -> true);
    }

    /**
     * Reads all records of a stream, whatever is wrong with them.
     *
     * @param given what the file holds; null where its ending tells
     */
    public static List<FileRecord> of(Path file, FileFormat given, String stream) {
        return read(file, given, stream, Integer.MAX_VALUE, record -> true);
    }

    private static List<FileRecord> read(Path file, int most, Predicate<FileRecord> wanted) {
        return read(file, null, null, most, wanted);
    }

    private static List<FileRecord> read(
            Path file, FileFormat given, String stream, int most, Predicate<FileRecord> wanted) {
        FileFormat format = given == null ? FileFormat.ofName(file.toString()) : given;
        if (format == null) {
            throw new CommandException(
                    ErrorCode.FORMAT_UNKNOWN, file + ": its ending tells no format.");
        }
        List<FileRecord> records = new ArrayList<>();
        try (RecordReader reader =
                RecordReader.open(
                        Files.newInputStream(file),
                        file.toString(),
                        format,
                        RecordFiles.MAX_RECORD_SIZE,
                        Place.START)) {
            if (stream != null) {
                reader.ofStream(stream);
            }
            FileRecord record = reader.next();
            while (record != null && records.size() < most) {
                if (wanted.test(record)) {
                    records.add(record);
                }
                record = reader.next();
            }
        } catch (IOException e) {
            String why =
                    Files.isDirectory(file)
                            ? "is a folder."
                            : Files.exists(file) ? "cannot be read." : "does not exist.";
            throw new CommandException(ErrorCode.MAPPING_FILE, file + " " + why);
        }
        return records;
    }
}
