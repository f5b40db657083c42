package io.autonomos.operators.source.directory;

import io.autonomos.operators.source.directory.DirectoryReader.Entry;
import io.autonomos.operators.source.files.FileFormat;
import io.autonomos.operators.source.files.Place;
import io.autonomos.operators.source.files.RecordReader;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Reads a file of the directory from the place that a checkpoint remembers.
 *
 * <p>That place is the byte after the last record handed on, and in the slot that Flink calls
 * records after the offset, the number of the line it is on.
 */
final class DirectoryFormat implements BulkFormat<RawRecord, FileSourceSplit> {

    private static final long serialVersionUID = 1L;

    /** The line of a place where it has been handed on that the file cannot be read. */
    private static final long REPORTED = 0;

    private final String directory;
    private final int maxRecordSize;

    DirectoryFormat(Path directory, int maxRecordSize) {
        String path = directory.makeQualified(fileSystem(directory)).getPath();
        this.directory = path.endsWith("/") ? path : path + "/";
        this.maxRecordSize = maxRecordSize;
    }

    @Override
    public Reader<RawRecord> createReader(Configuration config, FileSourceSplit split)
            throws IOException {
        return open(split, Place.START);
    }

    @Override
    public Reader<RawRecord> restoreReader(Configuration config, FileSourceSplit split)
            throws IOException {
        return open(split, split.getReaderPosition().map(DirectoryFormat::place).orElseThrow());
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return TypeInformation.of(RawRecord.class);
    }

    private Reader<RawRecord> open(FileSourceSplit split, Place from) throws IOException {
        DroppedFile file = new DroppedFile(relative(split.path()), split.fileModificationTime());
        if (from.line() == REPORTED) {
            return new DirectoryReader(null);
        }
        FileFormat format = file.format();
        if (format == null) {
            return unreadable(file, ErrorCode.FORMAT_UNKNOWN, from);
        }
        FileSystem files = split.path().getFileSystem();
        if (!holds(files, split.path(), from.offset())) {
            return unreadable(file, ErrorCode.FILE_UNREADABLE, from);
        }
        RecordReader records =
                RecordReader.open(
                        files.open(split.path()), file.name(), format, maxRecordSize, from);
        file.resolve(records.columns(), records.csvHeader());
        return new DirectoryReader(file, records);
    }

    private static boolean holds(FileSystem files, Path path, long bytes) throws IOException {
        return files.exists(path) && files.getFileStatus(path).getLen() >= bytes;
    }

    /** One record that says why; once it is handed on, nothing is left to read. */
    private static Reader<RawRecord> unreadable(DroppedFile file, ErrorCode code, Place from) {
        Place reported = new Place(from.offset(), REPORTED);
        return new DirectoryReader(new Entry(file.unreadable(code, from.line()), reported));
    }

    private String relative(Path path) {
        String whole = path.getPath();
        return whole.startsWith(directory) ? whole.substring(directory.length()) : whole;
    }

    private static Place place(CheckpointedPosition position) {
        return new Place(position.getOffset(), position.getRecordsAfterOffset());
    }

    private static FileSystem fileSystem(Path directory) {
        try {
            return directory.getFileSystem();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s: input.directory: there is no file system for %s."
                            .formatted(ErrorCode.CONFIG_INVALID.code(), directory),
                    e);
        }
    }
}
