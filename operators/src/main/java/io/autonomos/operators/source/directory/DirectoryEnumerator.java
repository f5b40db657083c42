package io.autonomos.operators.source.directory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Lists the files of a directory that are ready: neither hidden (a name that begins with a dot) nor
 * temporary (one that ends with {@code .tmp}), and untouched for a while.
 *
 * <p>A split's id is the file's path, so it is the same after a restart.
 */
final class DirectoryEnumerator implements FileEnumerator {

    private static final String HIDDEN = ".";
    private static final String TEMPORARY = ".tmp";

    private final Duration settled;

    /**
     * @param settled how long a file must have been left alone
     */
    DirectoryEnumerator(Duration settled) {
        this.settled = settled;
    }

    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minSplits)
            throws IOException {
        List<FileSourceSplit> splits = new ArrayList<>();
        long readyBefore = System.currentTimeMillis() - settled.toMillis();
        for (Path path : paths) {
            collect(path.getFileSystem(), path, readyBefore, splits);
        }
        return splits;
    }

    private static void collect(
            FileSystem files, Path folder, long readyBefore, List<FileSourceSplit> into)
            throws IOException {
        for (FileStatus status : list(files, folder)) {
            Path path = status.getPath();
            if (path.getName().startsWith(HIDDEN)) {
                continue;
            }
            if (status.isDir()) {
                collect(files, path, readyBefore, into);
            } else if (!path.getName().endsWith(TEMPORARY)
                    && status.getModificationTime() <= readyBefore) {
                into.add(split(status));
            }
        }
    }

    /** A folder can go away while it is being looked at. */
    private static FileStatus[] list(FileSystem files, Path folder) throws IOException {
        try {
            FileStatus[] found = files.listStatus(folder);
            return found == null ? new FileStatus[0] : found;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    private static FileSourceSplit split(FileStatus status) {
        return new FileSourceSplit(
                status.getPath().toString(),
                status.getPath(),
                0,
                status.getLen(),
                status.getModificationTime(),
                status.getLen());
    }
}
