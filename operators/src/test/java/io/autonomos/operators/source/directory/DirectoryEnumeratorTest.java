package io.autonomos.operators.source.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryEnumeratorTest {

    @TempDir private Path directory;

    @Test
    void findsFilesAtAnyDepthButNoHiddenOrTemporaryOnes() throws IOException {
        file("a.csv", 60);
        file("acme/c/b.csv", 60);
        file("acme/c/.b.csv.swp", 60);
        file("acme/c/b.csv.tmp", 60);
        file("acme/.git/c.csv", 60);
        file("_tenant/_c/_d.csv", 60);

        assertThat(names(Duration.ZERO)).containsExactlyInAnyOrder("a.csv", "b.csv", "_d.csv");
    }

    @Test
    void aFileThatWasJustTouchedWaits() throws IOException {
        file("old.csv", 60);
        file("young.csv", 0);

        assertThat(names(Duration.ofSeconds(30))).containsExactly("old.csv");
        assertThat(names(Duration.ZERO)).containsExactlyInAnyOrder("old.csv", "young.csv");
    }

    @Test
    void aDirectoryThatIsNotThereYetHasNoFiles() throws IOException {
        Files.delete(directory);

        assertThat(names(Duration.ZERO)).isEmpty();
    }

    @Test
    void aSplitHasTheSameIdEachTime() throws IOException {
        file("a.csv", 60);

        String first = splits(Duration.ZERO).iterator().next().splitId();
        assertThat(splits(Duration.ZERO)).extracting(s -> s.splitId()).containsExactly(first);
    }

    @Test
    void theOldestIsReadFirst() throws IOException {
        file("b.csv", 10);
        file("a.csv", 10);
        file("z.csv", 60);
        OldestFirst assigner = new OldestFirst(List.of());
        assigner.addSplits(splits(Duration.ZERO));

        List<String> order = new ArrayList<>();
        Optional<FileSourceSplit> next = assigner.getNext(null);
        while (next.isPresent()) {
            order.add(next.get().path().getName());
            next = assigner.getNext(null);
        }

        assertThat(order).containsExactly("z.csv", "a.csv", "b.csv");
        assertThat(assigner.remainingSplits()).isEmpty();
    }

    private List<String> names(Duration settled) throws IOException {
        return splits(settled).stream().map(split -> split.path().getName()).toList();
    }

    private Collection<FileSourceSplit> splits(Duration settled) throws IOException {
        org.apache.flink.core.fs.Path[] paths = {
            new org.apache.flink.core.fs.Path(directory.toUri())
        };
        return new DirectoryEnumerator(settled).enumerateSplits(paths, 1);
    }

    private void file(String path, int secondsOld) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        Instant modified = Instant.ofEpochSecond(Instant.now().getEpochSecond() - secondsOld);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
