package io.autonomos.operators.sink.duckdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/**
 * The right to use one tenant's file: at most one holder in this process, and for writers at most
 * one on this machine.
 *
 * <p>POSIX drops a process's lock on a file as soon as the process closes <em>any</em> handle of
 * it. A second attempt to open a DuckDB file, even one that DuckDB refuses, can so take the lock
 * away from the first. Hence nobody here touches a file before it holds its entry in this process.
 * The entries are kept among the system properties, the one table that all class loaders share: two
 * jobs of a TaskManager have two copies of this class.
 */
final class TenantFileLock implements AutoCloseable {

    private static final String ENTRY = "io.autonomos.duckdb.holder:";
    private static final int OWNER_LIMIT = 200;

    private final String entry;
    private final FileChannel channel;

    private TenantFileLock(String entry, FileChannel channel) {
        this.entry = entry;
        this.channel = channel;
    }

    /**
     * Takes the lock at once or not at all.
     *
     * @param owner who asks, for the message that others get
     * @throws FileHeldException if another reader of this process or another writer has it
     */
    static TenantFileLock forWriter(Path file, String owner) throws IOException {
        String entry = enter(file, owner);
        FileChannel channel = null;
        try {
            Path beside = file.resolveSibling(file.getFileName() + ".lock");
            channel =
                    FileChannel.open(
                            beside,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new FileHeldException(file, readOwner(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
            return new TenantFileLock(entry, channel);
        } catch (IOException | RuntimeException e) {
            leave(entry, channel);
            throw e;
        }
    }

    /** Keeps writers of this process out; DuckDB itself keeps out those of other processes. */
    static TenantFileLock forReader(Path file, String owner) throws IOException {
        return new TenantFileLock(enter(file, owner), null);
    }

    private static String enter(Path file, String owner) throws IOException {
        Path folder = file.toAbsolutePath().getParent().toRealPath();
        String entry = ENTRY + folder.resolve(file.getFileName());
        Object holder = System.getProperties().putIfAbsent(entry, owner);
        if (holder != null) {
            throw new FileHeldException(file, holder.toString());
        }
        return entry;
    }

    private static String readOwner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(OWNER_LIMIT);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8)
                .replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static void leave(String entry, FileChannel channel) throws IOException {
        Properties entries = System.getProperties();
        try {
            if (channel != null) {
                channel.close(); // releases the lock
            }
        } finally {
            entries.remove(entry);
        }
    }

    @Override
    public void close() throws IOException {
        leave(entry, channel);
    }
}
