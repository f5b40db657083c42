package io.autonomos.operators.source.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

    private static final int LIMIT = 200;

    @Test
    void pagesGiveTheirRecordsAndWhatIsNoneIsHandedOn() throws IOException {
        String lines =
                """
                {"results":[{"id":1},{"id":2}],"paging":null}
                not json
                [{"id":3}]

                {"ticket":{"id":4}}
                """;

        List<FileRecord> records = read(FileFormat.PAGES, lines);

        assertThat(texts(records))
                .containsExactly(
                        "{\"id\":1}", "{\"id\":2}", "not json", "{\"id\":3}", "{\"id\":4}");
        assertThat(records).extracting(FileRecord::line).containsExactly(1L, 1L, 2L, 3L, 5L);
    }

    @Test
    void aJsonFileIsOnePageHoweverManyLinesItHas() throws IOException {
        byte[] page = "[\n{\"id\":1},\n{\"id\":2}\n]\n".getBytes(UTF_8);

        try (RecordReader records =
                RecordReader.open(
                        new ByteArrayInputStream(page),
                        "answer.json",
                        FileFormat.PAGES,
                        LIMIT,
                        Place.START)) {
            assertThat(new String(records.next().json(), UTF_8)).isEqualTo("{\"id\":1}");
            assertThat(new String(records.next().json(), UTF_8)).isEqualTo("{\"id\":2}");
            assertThat(records.next()).isNull();
        }
    }

    @Test
    void jsonLinesSkipsBlankLinesAndCountsThem() throws IOException {
        List<FileRecord> records =
                read(FileFormat.JSON_LINES, "{\"a\":1}\n\n \t\r\n{\"a\":2}\r\n[3]");

        assertThat(texts(records)).containsExactly("{\"a\":1}", "{\"a\":2}", "[3]");
        assertThat(records).extracting(FileRecord::line).containsExactly(1L, 4L, 5L);
        assertThat(records).allMatch(r -> r.fault() == null && r.original() == null);
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheFirstRecord() throws IOException {
        assertThat(texts(read(FileFormat.JSON_LINES, "\uFEFF{}\n{}"))).containsExactly("{}", "{}");
        assertThat(texts(read(FileFormat.JSON, "\uFEFF{}"))).containsExactly("{}");
        assertThat(texts(read(FileFormat.CSV, "\uFEFFid\n1"))).containsExactly("{\"id\":\"1\"}");
    }

    @Test
    void junkLinesAreHandedOnAndStopNothing() throws IOException {
        String junk = "\u0000\n\u00FF\u00FE\n{\"cut\":\n{\"a\":1}\n";

        List<FileRecord> records = read(FileFormat.JSON_LINES, junk.getBytes(ISO_8859_1));

        assertThat(records).hasSize(4);
        assertThat(records.get(1).originalBytes()).containsExactly(0xFF, 0xFE);
    }

    @Test
    void aLineOverTheLimitIsAFaultAndTheNextIsRead() throws IOException {
        String exact = "x".repeat(LIMIT);
        String over = "y".repeat(LIMIT + 1);

        List<FileRecord> records =
                read(FileFormat.JSON_LINES, exact + "\n" + over + "\n{}\n" + over);

        assertThat(records).hasSize(4);
        assertThat(records.get(0).fault()).isNull();
        for (int i : new int[] {1, 3}) {
            assertThat(records.get(i).fault().code()).isEqualTo(ErrorCode.RECORD_TOO_LARGE.code());
            assertThat(records.get(i).fault().message()).contains("test:").contains("201 bytes");
        }
        assertThat(texts(records).get(2)).isEqualTo("{}");
    }

    @Test
    void aHugeLineIsNeverHeldInMemory() throws IOException {
        long huge = 2L << 30;
        TestingEndlessStream in = new TestingEndlessStream(huge, "\n{}\n");

        try (RecordReader reader =
                RecordReader.open(in, "test", FileFormat.JSON_LINES, 1 << 20, Place.START)) {
            FileRecord first = reader.next();

            assertThat(first.fault().message()).contains(huge + " bytes");
            assertThat(first.originalBytes()).hasSize(1 << 16);
            assertThat(new String(reader.next().json(), UTF_8)).isEqualTo("{}");
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void aJsonFileIsOneRecordWhateverIsInIt() throws IOException {
        String pretty = "{\n  \"a\": [1,\n 2]\n}\n";

        assertThat(texts(read(FileFormat.JSON, pretty))).containsExactly(pretty);
        assertThat(texts(read(FileFormat.JSON, "[{},{}]"))).containsExactly("[{},{}]");
    }

    @Test
    void anEmptyOrTooLargeJsonFileIsAFault() throws IOException {
        FileRecord empty = read(FileFormat.JSON, "").get(0);
        FileRecord large = read(FileFormat.JSON, "x".repeat(LIMIT + 1)).get(0);

        assertThat(empty.fault().code()).isEqualTo(ErrorCode.VALUE_EMPTY.code());
        assertThat(large.fault().code()).isEqualTo(ErrorCode.RECORD_TOO_LARGE.code());
        assertThat(large.fault().message()).contains("201 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n", "\uFEFF"})
    void anEmptyFileHasNoRecords(String content) throws IOException {
        assertThat(read(FileFormat.JSON_LINES, content)).isEmpty();
        assertThat(read(FileFormat.CSV, content)).isEmpty();
    }

    @Test
    void readingGoesOnAtAnyPlaceAsIfItHadNeverStopped() throws IOException {
        String csv = "\uFEFF\nid;name\r\n1;\"a\nb\"\r\n\r\n2;\"bad\r3;ok\n\n4\n5;\u00E9";
        String lines = "\uFEFF{}\n\n[1]\r\n" + "z".repeat(LIMIT + 9) + "\n{\"a\":2}";

        assertGoesOnAnywhere(FileFormat.CSV, csv, 5);
        assertGoesOnAnywhere(FileFormat.JSON_LINES, lines, 4);
        assertGoesOnAnywhere(FileFormat.JSON, "{}", 1);
    }

    private static void assertGoesOnAnywhere(FileFormat format, String content, int size)
            throws IOException {
        byte[] bytes = content.getBytes(UTF_8);
        List<FileRecord> all = read(format, bytes);
        assertThat(all).hasSize(size);
        for (int i = 0; i < all.size(); i++) {
            List<FileRecord> rest = read(format, bytes, all.get(i).next());
            assertThat(rest).usingRecursiveComparison().isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    static List<FileRecord> read(FileFormat format, String content) throws IOException {
        return read(format, content.getBytes(UTF_8));
    }

    static List<FileRecord> read(FileFormat format, byte[] content) throws IOException {
        return read(format, content, Place.START);
    }

    private static List<FileRecord> read(FileFormat format, byte[] content, Place from)
            throws IOException {
        List<FileRecord> records = new ArrayList<>();
        try (RecordReader reader =
                RecordReader.open(new ByteArrayInputStream(content), "test", format, LIMIT, from)) {
            for (FileRecord each = reader.next(); each != null; each = reader.next()) {
                records.add(each);
            }
        }
        return records;
    }

    static List<String> texts(List<FileRecord> records) {
        return records.stream().map(r -> new String(r.json(), UTF_8)).toList();
    }
}
