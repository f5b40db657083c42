package io.autonomos.operators.source.directory;

import io.autonomos.operators.source.Address;
import io.autonomos.operators.source.files.FileFormat;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.operators.source.files.FileStream;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import java.util.List;

/**
 * A file of the directory and what its path tells, which is checked like any other input:
 *
 * <ul>
 *   <li>{@code <tenant>/<connection>/<entities>_<system>.csv}, as {@link FileStream} reads names
 *   <li>{@code <tenant>/<connection>/<source>/<stream>.jsonl}
 * </ul>
 *
 * <p>The records of a file with a wrong path become dead letters, each with its bytes.
 */
final class DroppedFile {

    private static final byte[] EMPTY = {};

    private final String path;
    private final String[] parts;
    private final long modifiedAt;
    private Address address;
    private String csvHeader;
    private boolean named = true;

    /**
     * @param path relative to the directory, with slashes
     * @param modifiedAt epoch milliseconds
     */
    DroppedFile(String path, long modifiedAt) {
        this.path = path;
        this.parts = path.split("/");
        this.modifiedAt = modifiedAt;
        resolve(List.of(), null);
    }

    /** How to read it, or null where the name does not tell. */
    FileFormat format() {
        return FileFormat.ofName(parts[parts.length - 1]);
    }

    /** The path, for messages. */
    String name() {
        StringBuilder name = new StringBuilder(path);
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                name.setCharAt(i, '?');
            }
        }
        return name.toString();
    }

    /**
     * Tells which columns it has; canonical ones decide the stream.
     *
     * @param header the line they stand in, for its rows to be read by later, or null
     */
    void resolve(List<String> columns, String header) {
        csvHeader = header;
        String tenant = parts.length > 1 ? parts[0] : null;
        String connection = parts.length > 2 ? parts[1] : null;
        FileStream stream = stream(columns);
        named = stream != null;
        address =
                Address.of(
                        tenant,
                        connection,
                        named ? stream.source() : null,
                        named ? stream.stream() : null);
    }

    private FileStream stream(List<String> columns) {
        if (parts.length == 3) {
            FileStream stream = FileStream.of(parts[2]);
            return stream == null ? null : stream.withColumns(columns);
        }
        return parts.length == 4 ? new FileStream(parts[2], withoutEnding(parts[3])) : null;
    }

    private static String withoutEnding(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** The raw record of a record of this file. */
    RawRecord raw(FileRecord record) {
        Fault fault = addressFault(record.line());
        if (fault == null) {
            return raw(record.line(), record.json(), record.original(), record.fault());
        }
        return raw(record.line(), record.originalBytes(), null, fault);
    }

    /** What stands for a file that cannot be read on from that line. */
    RawRecord unreadable(ErrorCode code, long line) {
        String message = "%s:%d: %s %s".formatted(name(), line, code.summary(), code.remedy());
        return raw(line, EMPTY, null, Fault.of(code, message));
    }

    private Fault addressFault(long line) {
        if (named) {
            return address.isValid() ? null : address.fault(name() + ":" + line);
        }
        ErrorCode code = ErrorCode.FILE_NAME;
        String message =
                "%s:%d: %s Put it at <tenant>/<connection>/<entities>_<system>.csv."
                        .formatted(name(), line, code.summary());
        return Fault.of(code, message);
    }

    private RawRecord raw(long line, byte[] value, byte[] original, Fault fault) {
        return new RawRecord(
                address.key(),
                address.source(),
                null,
                null,
                modifiedAt,
                path,
                0,
                line,
                null,
                value,
                original,
                fault,
                csvHeader,
                null,
                null);
    }
}
