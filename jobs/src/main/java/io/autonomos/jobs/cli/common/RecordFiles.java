package io.autonomos.jobs.cli.common;

import io.autonomos.operators.source.Address;
import io.autonomos.operators.source.files.FileFormat;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.operators.source.files.FileStream;
import io.autonomos.operators.source.files.Place;
import io.autonomos.operators.source.files.RecordReader;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The files that a command reads records from, and the options that say what they hold. */
public final class RecordFiles {

    /** The largest record read; the default of {@code input.max-record-size}. */
    static final int MAX_RECORD_SIZE = 16 << 20;

    private static final String STDIN = "-";

    @Option(names = "--tenant", defaultValue = "default", description = "Default: default")
    private String tenant;

    @Option(names = "--connection", description = "Default: the source.")
    private String connection;

    @Option(
            names = "--source",
            description = "The kind of system, such as salesforce. Default: what the name tells.")
    private String source;

    @Option(
            names = "--stream",
            description = "The object or table, such as Account. Default: what the name tells.")
    private String stream;

    @Option(
            names = "--format",
            paramLabel = "jsonl|json|csv|pages",
            converter = FormatConverter.class,
            description =
                    "Default: by the file's ending; of - it is jsonl. json: one record a file."
                            + " pages: what APIs answer, an array or an object around one, or"
                            + " around one record; a page a line, or a .json file.")
    private FileFormat format;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files to read in this order; - is standard input.")
    private List<String> files;

    /** Takes what is read. */
    public interface Visitor {

        /**
         * The records that follow come from that file.
         *
         * @param csvHeader as {@link RecordReader#csvHeader()}
         */
        void begin(String file, Address address, long modifiedAt, String csvHeader)
                throws IOException;

        void record(FileRecord record) throws IOException;
    }

    /**
     * Reads the files in order. Nothing is handed on unless each file can be opened and its address
     * is fine; standard input alone is looked at when its turn comes.
     */
    public void read(InputStream in, AddressCheck check, Visitor visitor) throws IOException {
        for (String file : files) {
            if (!file.equals(STDIN)) {
                try (RecordReader records = open(file, in)) {
                    check.accept(file, address(file, records.columns()));
                }
            }
        }
        for (String file : files) {
            try (RecordReader records = open(file, in)) {
                Address address = address(file, records.columns());
                check.accept(file, address);
                records.ofStream(address.key().stream());
                visitor.begin(file, address, modifiedAt(file), records.csvHeader());
                FileRecord record = records.next();
                while (record != null) {
                    visitor.record(record);
                    record = records.next();
                }
            }
        }
    }

    /** Reads the lines of the files in order, whatever they hold; blank ones are skipped. */
    public void lines(InputStream in, LineVisitor visitor) throws IOException {
        for (String file : files) {
            InputStream bytes = file.equals(STDIN) ? in : openFile(file);
            try (RecordReader lines =
                    RecordReader.open(
                            bytes, file, FileFormat.JSON_LINES, MAX_RECORD_SIZE, Place.START)) {
                FileRecord line = lines.next();
                while (line != null) {
                    visitor.line(line);
                    line = lines.next();
                }
            }
        }
    }

    /** Takes lines. */
    public interface LineVisitor {
        void line(FileRecord line);
    }

    /** A record of a file as the job sees it. */
    public static RawRecord raw(
            StreamKey key, String source, String file, long emittedAt, FileRecord record) {
        return new RawRecord(
                key,
                source,
                null,
                null,
                emittedAt,
                file,
                0,
                record.line(),
                null,
                record.json(),
                record.original(),
                record.fault());
    }

    /** Refuses an address by an exception. */
    public interface AddressCheck {
        void accept(String file, Address address);
    }

    private RecordReader open(String file, InputStream in) throws IOException {
        InputStream bytes = file.equals(STDIN) ? in : openFile(file);
        return RecordReader.open(bytes, file, format(file), MAX_RECORD_SIZE, Place.START);
    }

    private static InputStream openFile(String file) {
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new CommandException(file + " is a folder, but must be a file.");
        }
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw CommandException.unreadable(path, e);
        }
    }

    private FileFormat format(String file) {
        if (format != null) {
            return format;
        }
        FileFormat told = file.equals(STDIN) ? FileFormat.JSON_LINES : FileFormat.ofName(file);
        if (told == null) {
            throw new CommandException(
                    ErrorCode.FORMAT_UNKNOWN, file + ": its ending tells no format.");
        }
        return told;
    }

    private Address address(String file, List<String> columns) {
        FileStream named = source != null && stream != null ? null : named(file, columns);
        String from = source != null ? source : named.source();
        Address address =
                Address.of(
                        tenant,
                        connection != null ? connection : from,
                        from,
                        stream != null ? stream : named.stream());
        if (!address.isValid()) {
            String what = "--%s %s.".formatted(address.field(), address.problem());
            throw new CommandException(address.code(), what);
        }
        return address;
    }

    private static FileStream named(String file, List<String> columns) {
        Path name = Path.of(file).getFileName();
        FileStream told = name == null ? null : FileStream.of(name.toString());
        if (told == null || file.equals(STDIN)) {
            throw new CommandException(
                    ErrorCode.FILE_NAME, file + ": its name does not say which stream it holds.");
        }
        return told.withColumns(columns);
    }

    private static long modifiedAt(String file) throws IOException {
        return file.equals(STDIN)
                ? System.currentTimeMillis()
                : Files.getLastModifiedTime(Path.of(file)).toMillis();
    }

    /** Reads the words of {@link FileFormat}. */
    public static final class FormatConverter implements ITypeConverter<FileFormat> {
        @Override
        public FileFormat convert(String word) {
            FileFormat format = FileFormat.ofWord(word);
            if (format == null) {
                throw new TypeConversionException(
                        "expected jsonl, json, csv or pages, but was " + word);
            }
            return format;
        }
    }
}
