package io.autonomos.operators.source.files;

import static io.autonomos.operators.source.files.RecordReaderTest.read;
import static io.autonomos.operators.source.files.RecordReaderTest.texts;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void eachRowIsAnObjectOfTextWithItsOriginalBytes() throws IOException {
        List<FileRecord> records =
                csv("id,name,note\n1,Acme,\n2,\"A, \"\"B\"\"\",\"two\nlines\"\n3,x,y");

        assertThat(texts(records))
                .containsExactly(
                        "{\"id\":\"1\",\"name\":\"Acme\",\"note\":\"\"}",
                        "{\"id\":\"2\",\"name\":\"A, \\\"B\\\"\",\"note\":\"two\\nlines\"}",
                        "{\"id\":\"3\",\"name\":\"x\",\"note\":\"y\"}");
        assertThat(originals(records))
                .containsExactly("1,Acme,", "2,\"A, \"\"B\"\"\",\"two\nlines\"", "3,x,y");
        assertThat(lines(records)).containsExactly(2L, 3L, 5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theHeaderTellsTheDelimiter(String d) throws IOException {
        String others = ",,,;;;|||\t\t\t".replace(d, "");
        String header = "id" + d + '"' + others + '"' + d + "n";

        List<FileRecord> records = csv(header + "\n1" + d + "2" + d + "3\n");

        assertThat(records).hasSize(1);
        assertThat(JSON.readTree(records.get(0).json()).path("n").asText()).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineEndIsUnderstood(String end) throws IOException {
        List<FileRecord> records = csv("id,n" + end + "1,a" + end + end + "2,b" + end);

        assertThat(texts(records))
                .containsExactly("{\"id\":\"1\",\"n\":\"a\"}", "{\"id\":\"2\",\"n\":\"b\"}");
        assertThat(lines(records)).containsExactly(2L, 4L);
    }

    @Test
    void aQuoteInsideAnUnquotedFieldIsText() throws IOException {
        assertThat(texts(csv("id,size\n1,5\" pipe")))
                .containsExactly("{\"id\":\"1\",\"size\":\"5\\\" pipe\"}");
    }

    @Test
    void aRowWithMoreOrFewerFieldsIsAFaultOfItsOwn() throws IOException {
        List<FileRecord> records = csv("id,name\n1\n2,b,c\n3,ok\n");

        assertThat(codes(records)).containsExactly("AOS-210", "AOS-210", null);
        assertThat(originals(records)).containsExactly("1", "2,b,c", "3,ok");
        assertThat(records.get(1).fault().message())
                .contains("test:3")
                .contains("3 fields, the header has 2")
                .doesNotContain("2,b,c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,\"abc", "1,\"abc\"def", "1,\"a\"\"", "1,\"\"\"", "\"1,x"})
    void anUnclosedQuoteSpoilsOneLineOnly(String bad) throws IOException {
        for (String end : List.of("\n", "\r\n", "\r")) {
            String good = "2,x" + end + "3,\"y, z\"" + end + "4,\"\"" + end + "5,w";

            List<FileRecord> records = csv("id,name" + end + bad + end + good);

            assertThat(codes(records)).containsExactly("AOS-211", null, null, null, null);
            assertThat(originals(records))
                    .containsExactly(bad, "2,x", "3,\"y, z\"", "4,\"\"", "5,w");
            assertThat(lines(records)).containsExactly(2L, 3L, 4L, 5L, 6L);
        }
    }

    @Test
    void anUnclosedQuoteLooksAheadNoFurtherThanTheLimit() throws IOException {
        String many = "9,filler\n".repeat(100);

        List<FileRecord> records = csv("id,name\n1,\"open\n" + many);

        assertThat(records).hasSize(101);
        assertThat(codes(records).subList(0, 2)).containsExactly("AOS-211", null);
    }

    @Test
    void everyRowWithAnUnclosedQuoteCostsOnlyItself() throws IOException {
        byte[] bad = ("id,name\n" + "1,\"open\n".repeat(200_000)).getBytes(UTF_8);
        int faults = 0;

        try (RecordReader reader =
                RecordReader.open(
                        new ByteArrayInputStream(bad), "f", FileFormat.CSV, 1 << 24, Place.START)) {
            while (reader.next() != null) {
                faults++;
            }
        }

        assertThat(faults).isEqualTo(200_000);
    }

    @Test
    void aRowOverTheLimitIsAFaultAndTheNextIsRead() throws IOException {
        String large = "1," + "x".repeat(300);

        List<FileRecord> records = csv("id,name\n" + large + "\n2,\"" + large + "\n3,ok");

        assertThat(codes(records)).containsExactly("AOS-104", "AOS-104", null);
        assertThat(records.get(0).fault().message()).contains("302 bytes");
        assertThat(records.get(0).originalBytes()).hasSize(200);
    }

    @Test
    void invalidUtf8SpoilsItsRowOnly() throws IOException {
        byte[] bytes = "id,name\n1,M\u00FCller\n2,ok\n".getBytes(ISO_8859_1);

        List<FileRecord> records = read(FileFormat.CSV, bytes);

        assertThat(codes(records)).containsExactly("AOS-204", null);
        assertThat(records.get(0).originalBytes()).isEqualTo("1,M\u00FCller".getBytes(ISO_8859_1));
    }

    @Test
    void controlCharactersBecomeValidJson() throws IOException {
        FileRecord record = csv("id,n\n1,\u0000\u0001\u001F\t\\\u2028\uD83D\uDE00").get(0);

        JsonNode json = JSON.readTree(record.json());
        assertThat(json.path("n").asText()).isEqualTo("\u0000\u0001\u001F\t\\\u2028\uD83D\uDE00");
    }

    @Test
    void trailingColumnsWithoutANameMayBeEmpty() throws IOException {
        List<FileRecord> records = csv(" id , name,,\n1,a,,\n2,b\n3,c,,x\n4,d,,,\n");

        assertThat(codes(records)).containsExactly(null, null, "AOS-210", "AOS-210");
        assertThat(texts(records).get(0)).isEqualTo("{\"id\":\"1\",\"name\":\"a\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,id", "id,,name", ",,", "id,\"open", "id,\"a\"b"})
    void aHeaderThatCannotBeUsedIsAFaultOfEachRow(String header) throws IOException {
        List<FileRecord> records = csv(header + "\n1,a\n2,b\n3,c");

        assertThat(codes(records)).containsExactly("AOS-212", "AOS-212", "AOS-212");
        assertThat(originals(records)).containsExactly("1,a", "2,b", "3,c");
        assertThat(records.get(0).fault().message()).contains("test:2").contains("header");
    }

    @Test
    void aHeaderInAnotherEncodingIsAFaultOfEachRow() throws IOException {
        byte[] bytes = "id,stra\u00DFe\n1,a\n".getBytes(ISO_8859_1);

        assertThat(codes(read(FileFormat.CSV, bytes))).containsExactly("AOS-212");
        for (Charset utf16 : List.of(UTF_16, UTF_16LE)) {
            assertThat(read(FileFormat.CSV, "id,name\n1,a\n".getBytes(utf16)))
                    .isNotEmpty()
                    .allSatisfy(
                            record ->
                                    assertThat(record.fault().message())
                                            .contains("looks like UTF-16")
                                            .contains("Save as UTF-8"));
        }
    }

    @Test
    void namesInTheHeaderAreData() throws IOException {
        FileRecord record = csv("\"a\"\"b\",\"x\ny\",c\\d\n1,2,3").get(0);

        JsonNode json = JSON.readTree(record.json());
        assertThat(json.path("a\"b").asText()).isEqualTo("1");
        assertThat(json.path("x\ny").asText()).isEqualTo("2");
        assertThat(json.path("c\\d").asText()).isEqualTo("3");
        assertThat(record.line()).isEqualTo(3);
    }

    @Property
    void whateverIsWrittenByTheRulesIsReadBack(
            @ForAll @Size(min = 1, max = 5)
                    List<
                                    @StringLength(max = 8)
                                    @Chars({'a', ',', '"', '\n', '\r', ';', 'é', '\\'}) String>
                            cells)
            throws IOException {
        String header =
                Stream.iterate(0, i -> i + 1)
                        .limit(cells.size())
                        .map(i -> "c" + i)
                        .collect(Collectors.joining(","));
        String row =
                cells.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","));

        List<FileRecord> records = csv(header + "\r\n" + row + "\r\n" + row);

        assertThat(records).hasSize(2);
        for (FileRecord record : records) {
            JsonNode json = JSON.readTree(record.json());
            assertThat(json).extracting(JsonNode::asText).isEqualTo(cells);
            assertThat(record.originalBytes()).isEqualTo(row.getBytes(UTF_8));
        }
    }

    @Property
    void noFileStopsTheReaderAndNoByteOfARowIsLost(
            @ForAll @StringLength(max = 60) @Chars({'a', ',', '"', '\n', '\r', '\u0000'})
                    String content)
            throws IOException {
        String body = content.replaceAll("^[\r\n]+", "");
        List<FileRecord> records = csv("a,b\n" + body);

        String read = String.join("", originals(records)).replaceAll("[\r\n]", "");
        assertThat(read).isEqualTo(body.replaceAll("[\r\n]", ""));
    }

    private static List<FileRecord> csv(String content) throws IOException {
        return read(FileFormat.CSV, content);
    }

    private static List<String> codes(List<FileRecord> records) {
        return records.stream().map(r -> r.fault() == null ? null : r.fault().code()).toList();
    }

    private static List<String> originals(List<FileRecord> records) {
        return records.stream().map(r -> new String(r.originalBytes(), UTF_8)).toList();
    }

    private static List<Long> lines(List<FileRecord> records) {
        return records.stream().map(FileRecord::line).toList();
    }
}
