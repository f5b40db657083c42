package io.autonomos.operators.source.directory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;

/** Hands out the file that was modified first, of equally old ones the one first by name. */
final class OldestFirst implements FileSplitAssigner {

    private final PriorityQueue<FileSourceSplit> waiting =
            new PriorityQueue<>(
                    Comparator.comparingLong(FileSourceSplit::fileModificationTime)
                            .thenComparing(FileSourceSplit::splitId));

    OldestFirst(Collection<FileSourceSplit> splits) {
        waiting.addAll(splits);
    }

    @Override
    public Optional<FileSourceSplit> getNext(String hostname) {
        return Optional.ofNullable(waiting.poll());
    }

    @Override
    public void addSplits(Collection<FileSourceSplit> splits) {
        waiting.addAll(splits);
    }

    @Override
    public Collection<FileSourceSplit> remainingSplits() {
        return List.copyOf(waiting);
    }
}
