package io.autonomos.operators.source.directory;

import io.autonomos.operators.source.SourceSettings;
import io.autonomos.schemas.RawRecord;
import java.time.Duration;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;

/**
 * Makes the source of a directory of files; {@link DroppedFile} tells how paths are read.
 *
 * <p>A file is complete when it appears: write it under a name that begins with a dot or ends with
 * {@code .tmp} and rename it. As a second line, a file touched in the last two seconds waits. A
 * path is read once; changed content needs another name, such as one with a date. Which files were
 * read, and the place in those being read, are part of each checkpoint, so a restart neither loses
 * nor doubles a record.
 */
public final class DirectorySources {

    private static final Duration SETTLED = Duration.ofSeconds(2);

    private DirectorySources() {}

    /** The source of the directory in the settings; bounded: of the files that are there now. */
    public static FileSource<RawRecord> raw(SourceSettings settings) {
        Path directory = new Path(settings.directory());
        Duration settled = settings.bounded() ? Duration.ZERO : SETTLED;
        FileSource.FileSourceBuilder<RawRecord> builder =
                FileSource.<RawRecord>forBulkFileFormat(
                                new DirectoryFormat(directory, settings.maxRecordSize()), directory)
                        .setFileEnumerator(() -> new DirectoryEnumerator(settled))
                        .setSplitAssigner(OldestFirst::new);
        if (!settings.bounded()) {
            builder.monitorContinuously(settings.discoveryInterval());
        }
        return builder.build();
    }
}
