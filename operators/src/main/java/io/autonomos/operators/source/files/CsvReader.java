package io.autonomos.operators.source.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.operators.source.files.CsvParser.Outcome;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import java.io.IOException;
import java.util.List;

/**
 * Rows of a CSV file as JSON objects with text values; an empty cell is empty text.
 *
 * <p>The delimiter is the comma, semicolon, tab or bar that the header has most of. A row with an
 * unclosed quote is one bad line: reading goes on at the next. Where the header cannot be used
 * every row is a fault.
 */
final class CsvReader implements RecordReader {

    private final ByteWindow window;
    private final String name;
    private final int limit;
    private final CsvParser parser;
    private final CsvHeader header;
    private final JsonRow json;
    private final String headerLine;
    private long line = 1;

    CsvReader(ByteWindow window, String name, int limit, Place from) throws IOException {
        this.window = window;
        this.name = name;
        this.limit = limit;
        this.parser = new CsvParser(window, limit);
        skipBlankLines();
        parser.detectDelimiter();
        Outcome outcome = parser.parse();
        this.header = CsvHeader.of(outcome, parser, window);
        this.json = new JsonRow(header.names());
        this.headerLine =
                header.isUsable() && parser.length() <= CsvRow.MAX_HEADER
                        ? new String(window.copy(0, parser.length()), UTF_8)
                        : null;
        parser.keep(header.columns());
        if (outcome == Outcome.ROW) {
            consumeRow();
        } else if (outcome != Outcome.END) {
            consumeLine();
        }
        if (from.offset() > window.offset()) {
            window.skipTo(from.offset());
            line = from.line();
        }
    }

    @Override
    public List<String> columns() {
        return header.isUsable() ? header.names() : List.of();
    }

    @Override
    public String csvHeader() {
        return headerLine;
    }

    @Override
    public FileRecord next() throws IOException {
        skipBlankLines();
        Outcome outcome = parser.parse();
        return switch (outcome) {
            case END -> null;
            case ROW -> row();
            case TOO_LONG -> tooLarge();
            case OPEN_QUOTE -> badLine("a quoted field is not closed.");
            case TEXT_AFTER_QUOTE -> badLine("a quoted field goes on after its closing quote.");
        };
    }

    private FileRecord row() {
        byte[] original = window.copy(0, parser.length());
        Fault fault = fault();
        byte[] value = fault == null ? toJson() : original;
        long begun = line;
        consumeRow();
        return new FileRecord(begun, value, fault == null ? original : null, fault, place());
    }

    private Fault fault() {
        int fields = parser.fields();
        if (!header.isUsable()) {
            return Faults.at(ErrorCode.CSV_HEADER, name, line, header.problem() + ".");
        }
        if (fields < header.names().size() || fields > header.columns()) {
            String what = "%d fields, the header has %d.".formatted(fields, header.columns());
            return Faults.at(ErrorCode.CSV_ROW, name, line, what);
        }
        for (int i = header.names().size(); i < fields; i++) {
            if (parser.from(i) < parser.to(i)) {
                String what = "field %d has no name in the header.".formatted(i + 1);
                return Faults.at(ErrorCode.CSV_ROW, name, line, what);
            }
        }
        int base = window.base();
        if (!Utf8.isValid(window.array(), base, base + parser.length())) {
            return Faults.at(ErrorCode.UTF8_INVALID, name, line, "the row is not valid UTF-8.");
        }
        return null;
    }

    private byte[] toJson() {
        byte[] bytes = window.array();
        int base = window.base();
        for (int i = 0; i < header.names().size(); i++) {
            json.cell(
                    i,
                    bytes,
                    base + parser.from(i),
                    base + parser.to(i),
                    parser.hasDoubledQuotes(i));
        }
        return json.finish();
    }

    private FileRecord badLine(String what) throws IOException {
        int length = lineLength();
        if (length > limit) {
            return tooLarge();
        }
        byte[] original = window.copy(0, length);
        Fault fault =
                header.isUsable()
                        ? Faults.at(ErrorCode.CSV_QUOTE, name, line, what)
                        : Faults.at(ErrorCode.CSV_HEADER, name, line, header.problem() + ".");
        long begun = line;
        consumeLine();
        return new FileRecord(begun, original, null, fault, place());
    }

    private FileRecord tooLarge() throws IOException {
        byte[] kept = window.copy(0, Math.min(limit, Faults.KEPT));
        long begun = line;
        Fault fault = Faults.tooLarge(name, begun, consumeLine(), limit);
        return new FileRecord(begun, kept, null, fault, place());
    }

    private int lineLength() throws IOException {
        int length = 0;
        int c = window.peek(0);
        while (c != ByteWindow.END && c != '\n' && c != '\r' && length <= limit) {
            c = window.peek(++length);
        }
        return length;
    }

    private void skipBlankLines() throws IOException {
        int c = window.peek(0);
        while (c == '\n' || c == '\r') {
            consumeLineEnd();
            c = window.peek(0);
        }
    }

    private void consumeRow() {
        window.consume(parser.length() + parser.terminator());
        line += parser.lineBreaks() + 1;
    }

    private long consumeLine() throws IOException {
        long bytes = window.consumeLine(false);
        consumeLineEnd();
        return bytes;
    }

    private void consumeLineEnd() throws IOException {
        boolean both = window.peek(0) == '\r' && window.peek(1) == '\n';
        if (window.peek(0) != ByteWindow.END) {
            window.consume(both ? 2 : 1);
        }
        line++;
    }

    private Place place() {
        return new Place(window.offset(), line);
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
