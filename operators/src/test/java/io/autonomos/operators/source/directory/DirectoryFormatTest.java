package io.autonomos.operators.source.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryFormatTest {

    private static final long MODIFIED_AT = 1_700_000_000_000L;
    private static final Configuration CONFIG = new Configuration();

    @TempDir private Path directory;
    private DirectoryFormat format;

    @BeforeEach
    void open() {
        format = new DirectoryFormat(new org.apache.flink.core.fs.Path(directory.toUri()), 1 << 20);
    }

    @Test
    void thePathTellsTheAddressAndTheLineThePosition() throws IOException {
        RawRecord raw = read("acme/sf-prod/accounts_salesforce.csv", "Id,Name\n\n1,Acme\n").get(0);

        assertThat(raw.fault()).isNull();
        assertThat(raw.key()).isEqualTo(new StreamKey("acme", "sf-prod", "accounts"));
        assertThat(raw.source()).isEqualTo("salesforce");
        assertThat(raw.emittedAt()).isEqualTo(MODIFIED_AT);
        assertThat(raw.origin()).isEqualTo("acme/sf-prod/accounts_salesforce.csv");
        assertThat(raw.position()).isEqualTo(3);
        assertThat(raw.value()).asString(UTF_8).isEqualTo("{\"Id\":\"1\",\"Name\":\"Acme\"}");
        assertThat(raw.originalBytes()).asString(UTF_8).isEqualTo("1,Acme");
        assertThat(raw.csvHeader()).isEqualTo("Id,Name");
    }

    @Test
    void canonicalColumnsMakeItAFileOfCanonicalRecords() throws IOException {
        RawRecord raw = read("acme/c/opportunity_pipedrive.csv", "opportunity_id\n1\n").get(0);

        assertThat(raw.source()).isEqualTo("files");
        assertThat(raw.key().stream()).isEqualTo("opportunities");
    }

    @Test
    void foldersCanNameSourceAndStreamThemselves() throws IOException {
        RawRecord raw = read("acme/c/my system/Some_Stream.v2.jsonl", "{}\n").get(0);

        assertThat(raw.fault()).isNull();
        assertThat(raw.source()).isEqualTo("my system");
        assertThat(raw.key().stream()).isEqualTo("Some_Stream.v2");
    }

    @ParameterizedTest
    @CsvSource({
        "accounts_salesforce.jsonl, _unaddressed, _, AOS-106",
        "acme/accounts_salesforce.jsonl, acme, _, AOS-106",
        "acme/c/stuff.jsonl, acme, c, AOS-106",
        "acme/c/a/b/accounts_salesforce.jsonl, acme, c, AOS-106",
        "*/c/accounts_salesforce.jsonl, _unaddressed, c, AOS-801",
        "'a\tb/c/accounts_salesforce.jsonl', _unaddressed, c, AOS-801",
        "'acme/c\nd/accounts_salesforce.jsonl', acme, _, AOS-102"
    })
    void eachRecordOfAFileInAWrongPlaceIsAFaultWithItsBytes(
            String path, String tenant, String connection, String code) throws IOException {
        List<RawRecord> records = read(path, "{\"a\":1}\n{\"a\":2}\n");

        assertThat(records).hasSize(2);
        assertThat(records).allMatch(r -> r.fault().code().equals(code));
        assertThat(records.get(1).key().tenant()).isEqualTo(tenant);
        assertThat(records.get(1).key().connection()).isEqualTo(connection);
        assertThat(records.get(1).originalBytes()).asString(UTF_8).isEqualTo("{\"a\":2}");
        assertThat(records.get(1).fault().message()).contains(":2: ").doesNotContain("\n", "\t");
    }

    @Test
    void aFileOfAnUnknownFormatIsOneFault() throws IOException {
        List<RawRecord> records = read("acme/c/accounts_salesforce.xlsx", "PK\u0003\u0004\n\n");

        assertThat(records).hasSize(1);
        assertThat(records.get(0).fault().code()).isEqualTo("AOS-105");
        assertThat(records.get(0).key().tenant()).isEqualTo("acme");
    }

    @Test
    void readingGoesOnAfterEachRecordAsIfItHadNeverStopped() throws IOException {
        String content = "Id,Name\n1,\"a\nb\"\n2,\"bad\n3\n4,d\n";
        FileSourceSplit split = split("acme/c/accounts_salesforce.csv", content);
        List<RawRecord> all = new ArrayList<>();
        List<CheckpointedPosition> positions = new ArrayList<>();
        drain(format.createReader(CONFIG, split), all, positions);
        assertThat(all).hasSize(4);

        for (int i = 0; i < all.size(); i++) {
            List<RawRecord> rest = new ArrayList<>();
            FileSourceSplit left = split.updateWithCheckpointedPosition(positions.get(i));
            drain(format.restoreReader(CONFIG, left), rest, new ArrayList<>());
            assertThat(rest).usingRecursiveComparison().isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    void aFileThatWentAwayIsReportedOnceAndStopsNothing() throws IOException {
        FileSourceSplit split = split("acme/c/accounts_salesforce.csv", "Id\n1\n2\n");
        List<CheckpointedPosition> positions = new ArrayList<>();
        drain(format.createReader(CONFIG, split), new ArrayList<>(), positions);
        Files.delete(directory.resolve("acme/c/accounts_salesforce.csv"));

        List<RawRecord> rest = new ArrayList<>();
        List<CheckpointedPosition> after = new ArrayList<>();
        FileSourceSplit left = split.updateWithCheckpointedPosition(positions.get(0));
        drain(format.restoreReader(CONFIG, left), rest, after);

        assertThat(rest).hasSize(1);
        assertThat(rest.get(0).fault().code()).isEqualTo("AOS-107");
        assertThat(rest.get(0).fault().message()).contains("accounts_salesforce.csv:3:");
        List<RawRecord> again = new ArrayList<>();
        FileSourceSplit reported = left.updateWithCheckpointedPosition(after.get(0));
        drain(format.restoreReader(CONFIG, reported), again, new ArrayList<>());
        assertThat(again).isEmpty();
    }

    @Test
    void aFileThatBecameShorterIsReported() throws IOException {
        FileSourceSplit split = split("acme/c/accounts_salesforce.csv", "Id\n1\n2\n");
        split("acme/c/accounts_salesforce.csv", "Id\n");

        List<RawRecord> rest = new ArrayList<>();
        FileSourceSplit left = split.updateWithCheckpointedPosition(new CheckpointedPosition(5, 3));
        drain(format.restoreReader(CONFIG, left), rest, new ArrayList<>());

        assertThat(rest).extracting(r -> r.fault().code()).containsExactly("AOS-107");
    }

    private List<RawRecord> read(String path, String content) throws IOException {
        List<RawRecord> records = new ArrayList<>();
        drain(format.createReader(CONFIG, split(path, content)), records, new ArrayList<>());
        return records;
    }

    private FileSourceSplit split(String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        long size = Files.size(file);
        return new FileSourceSplit(
                path, new org.apache.flink.core.fs.Path(file.toUri()), 0, size, MODIFIED_AT, size);
    }

    private static void drain(
            BulkFormat.Reader<RawRecord> reader,
            List<RawRecord> records,
            List<CheckpointedPosition> positions)
            throws IOException {
        try (reader) {
            BulkFormat.RecordIterator<RawRecord> batch = reader.readBatch();
            while (batch != null) {
                RecordAndPosition<RawRecord> each = batch.next();
                while (each != null) {
                    records.add(each.getRecord());
                    positions.add(
                            new CheckpointedPosition(each.getOffset(), each.getRecordSkipCount()));
                    each = batch.next();
                }
                batch.releaseBatch();
                batch = reader.readBatch();
            }
        }
    }
}
