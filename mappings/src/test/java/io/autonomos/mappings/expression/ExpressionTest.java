package io.autonomos.mappings.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1200.50|1200.50",
                "1,200.50|1200.50",
                "1.200,50|1200.50",
                "1 200,5|1200.5",
                "1\u202f200,5 €|1200.5",
                "1'200|1200",
                "CHF 1’200.50|1200.50",
                "US$1,200.50|1200.50",
                "1,234,567|1234567",
                "1.234.567|1234567",
                "-$1,200.50|-1200.50",
                "$-5.00|-5.00",
                "(5.00)|-5.00",
                "\u22125|-5",
                "5-|-5",
                "50 %|50",
                "12,5|12.5",
                "0,125|0.125",
                "0.125|0.125",
                "1200.125|1200.125",
                "007|7",
                ".5|0.5",
                "1,200|",
                "1 200|1200",
                "1 2|",
                "12 34,5|",
                "1.200|",
                "1,20,000.00|",
                "1,200.50,1|",
                "--5|",
                "(5|",
                "(-5)|",
                "5 pieces|",
                "n/a|",
                "-|",
                "1e5|",
            })
    void readsNumbersAsTheyAreWrittenWhereTheyMeanOne(String text, String number) {
        String digits = WrittenNumber.digits(text);

        assertThat(digits == null ? null : new java.math.BigDecimal(digits).toPlainString())
                .isEqualTo(number);
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORD =
            """
            {"Id": "007", "First": "Ada", "Last": "Lovelace", "Empty": "", "None": null,
             "Count": 5, "Cents": 12345, "Amount": 1234.50, "Big": 123456789012345678901234567890,
             "Yes": true, "Mail": "Ada Lovelace <Ada@Example.ORG>", "Tel": "(202) 555-0123",
             "Site": "WWW.Example.co.uk/a", "Land": "Germany", "Text": "id=42; x",
             "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": null}],
             "Names": ["x", "y"], "In": {"ner": {"Deep": 7}}, "With Space": "w",
             "Huge": 1e999999999}
            """;

    private final ExpressionCompiler compiler =
            new ExpressionCompiler(Map.of("industries", Map.of("Tech", "technology")));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "record.First + ' ' + record.Last | \"Ada Lovelace\"",
                "record['With Space'] | \"w\"",
                "record.In.ner.Deep | 7",
                "record.Names[1] | \"y\"",
                "record.Names[2] | null",
                "record.Missing | null",
                "record.None | null",
                "record.Empty | \"\"",
                "record.Id | \"007\"",
                "record.Big | 123456789012345678901234567890",
                "record.Amount | 1234.50",
                "record.Amount * 2 | 2469.00",
                "record.Amount * 1.19 | 1469.0550",
                "record.Cents / 100 | 123.45",
                "record.Count / 2 | 2.5",
                "record.Count + 1 | 6",
                "record.Count - 1.5 | 3.5",
                "-1 + record.Count | 4",
                "int(record.Cents / 100) | 123",
                "round(record.Cents / 100, 1) | 123.5",
                "decimal('1.50') + 1 | 2.50",
                "int(record.Id) | 7",
                "string(record.Amount) + '!' | \"1234.50!\"",
                "record.Count == 5 | true",
                "record.Amount == 1234.5 | true",
                "record.Amount != 1234.5 | false",
                "record.Missing == null | true",
                "record.Empty == null | false",
                "record.Count == 'x' | false",
                "record.Amount > 1000 && record.Amount <= 1234.5 | true",
                "record.First < record.Last | true",
                "has(record.First) | true",
                "has(record.Missing) | false",
                "has(record.None) | false",
                "has(record.In.ner.Deep) | true",
                "record.Yes ? 'active' : 'inactive' | \"active\"",
                "record.Missing == null ? 'none' : record.Missing | \"none\"",
                "record.Tags.map(t, t.Key) | [\"a\",\"b\"]",
                "record.Tags.filter(t, t.Value != null).map(t, t.Key) | [\"a\"]",
                "record.Tags.exists(t, t.Key == 'b') | true",
                "record.Names.map(n, {n: 1}) | [{\"x\":1},{\"y\":1}]",
                "record.Names.join('-') | \"x-y\"",
                "size(record.Names) | 2",
                "'y' in record.Names | true",
                "record.Count in [4, 5] | true",
                "first([record.Missing, record.Empty, record.Last]) | \"Lovelace\"",
                "first([record.Missing]) | null",
                "email(record.Mail) | \"ada@example.org\"",
                "phone(record.Tel, 'US') | \"+12025550123\"",
                "domain(record.Site) | \"example.co.uk\"",
                "url(record.Site) | \"https://www.example.co.uk/a\"",
                "country(record.Land) | \"DE\"",
                "currency('eur') | \"EUR\"",
                "lower(record.First) + upper(record.First) | \"adaADA\"",
                "spaces('  a \t b ') | \"a b\"",
                "record.First.replace('A', 'O') | \"Oda\"",
                "record.Text.split(';')[0] | \"id=42\"",
                "extract(record.Text, 'id=([0-9]+)') | \"42\"",
                "extract(record.Text, 'none') | null",
                "record.Text.matches('^id=.*') | true",
                "record.First.startsWith('A') | true",
                "tables.industries['Tech'] | \"technology\"",
                "'Food' in tables.industries | false",
                "record.First.substring(0, 1) + '.' | \"A.\"",
                "record.Last.size() | 8",
                "null | null",
            })
    void hasTheValue(String expression, String expected) throws Exception {
        JsonBuffer out = new JsonBuffer(64);

        Values.write(evaluate(expression), out);

        assertThat(new String(out.toBytes(), StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "record.Missing + 'x' | an operand is absent or of the wrong type",
                "record.First * 2 | an operand is absent or of the wrong type",
                "record.Count / 0 | it divides by zero",
                "record.Huge + 1 | a number is out of range",
                "email(record.First) | a text cannot be read as email",
                "phone('12', 'US') | a text cannot be read as phone",
                "domain('localhost') | a text cannot be read as domain",
                "country('Atlantis') | a text cannot be read as country",
                "decimal('1,5') | a text is not a number",
                "int('x') | a text is not a number",
                "tables.industries[record.First] | a key is not in its map",
                "[1, 2][record.Count] | an index is out of bounds",
                "9223372036854775807 + record.Count | a number is out of range",
            })
    void saysWhyThereIsNoValue(String expression, String reason) {
        assertThatThrownBy(() -> evaluate(expression))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "record.First + | 15 | mismatched input",
                "recrod.First | 1 | undeclared reference to 'recrod'",
                "record | 1 | record cannot be used as a whole",
                "record[record.First] | 1 | record cannot be used as a whole",
                "record[0] | 1 | a record has fields, not elements",
                "1 + 'x' | 3 | no matching overload for '_+_' applied to '(int, string)'",
                "1 == 'x' | 3 | no matching overload for '_==_'",
                "lowr(record.First) | 5 | undeclared reference to 'lowr'",
                "tables.industris['x'] | 1 | there is no table industris. Did you mean industries?",
                "record.Text.matches(record.First) | 20 | the pattern must be a text in quotes",
                "record.Text.matches('(') | 21 | the pattern cannot be used",
                "extract(record.Text, '((a{100}){100}){100}') | 22 | the pattern cannot be used",
                "record.Names.map(record, 1) | 7 | record is taken; use another name",
            })
    void refusesWhatCannotBeRun(String expression, int column, String message) {
        assertThatThrownBy(() -> compiler.compile(expression))
                .isInstanceOfSatisfying(
                        ExpressionException.class,
                        e -> {
                            assertThat(e).hasMessageContaining(message);
                            assertThat(e.column()).isEqualTo(column);
                        });
    }

    @Test
    void readsEachPathOnce() throws Exception {
        Expression expression =
                compiler.compile("has(record.a.b) ? record.a.b + record['c d'][2].e : record.f");

        assertThat(expression.inputs())
                .map(SourcePath::toString)
                .containsExactly("a.b", "\"c d\"[2].e", "f");
        assertThat(expression.typeName()).isEqualTo("dyn");
        assertThat(compiler.compile("record.a > 1").mayBeBoolean()).isTrue();
        assertThat(compiler.compile("'a' + 'b'").mayBeBoolean()).isFalse();
    }

    @Test
    void endsWhereItWouldLoopOrGrowWithoutBound() throws Exception {
        String list = "[0" + ",1".repeat(99) + "]";
        String loops = "%s.map(a, %s.map(b, %s.size()))".formatted(list, list, list);
        String doubles = "['0123456789']" + ".map(x, x + x)".repeat(40);
        String replaces = "'aaaaaaaaaa'" + ".replace('a', 'aaaaaaaaaa')".repeat(12);

        assertThatThrownBy(() -> evaluate(loops)).hasMessageContaining("more steps than it may");
        assertThatThrownBy(() -> evaluate(doubles)).hasMessageContaining("grows beyond");
        assertThatThrownBy(() -> evaluate(replaces)).hasMessageContaining("grows beyond");
        assertThatThrownBy(() -> compiler.compile("(".repeat(100) + "1" + ")".repeat(100)))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> compiler.compile("1" + "+1".repeat(3_000)))
                .isInstanceOf(ExpressionException.class);
    }

    @Test
    void aPatternThatBacktracksElsewhereRunsInLinearTimeHere() throws Exception {
        String text = "a".repeat(50_000) + "!";
        Expression expression = compiler.compile("record.t.matches('^(a+)+$')");

        assertThat(expression.evaluate(new Object[] {text})).isEqualTo(false);
    }

    private Object evaluate(String text) throws Exception {
        Expression expression = compiler.compile(text);
        JsonNode record = JSON.readTree(RECORD);
        Object[] values = new Object[expression.inputs().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(record, expression.inputs().get(i));
        }
        return expression.evaluate(values);
    }

    private static Object value(JsonNode record, SourcePath path) throws Exception {
        JsonNode at = record;
        for (SourcePath.Step step : path.steps()) {
            at = step.name() == null ? at.path(step.index()) : at.path(step.name());
        }
        if (at.isMissingNode() || at.isNull()) {
            return null;
        }
        String token = path.toString().equals("Huge") ? "1e999999999" : token(at);
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        int type =
                switch (at.getNodeType()) {
                    case STRING -> Fingerprint.STRING;
                    case NUMBER -> Fingerprint.NUMBER;
                    case BOOLEAN -> Fingerprint.BOOLEAN;
                    case ARRAY -> Fingerprint.ARRAY;
                    default -> Fingerprint.OBJECT;
                };
        return Values.ofToken(bytes, 0, bytes.length, type);
    }

    private static String token(JsonNode node) {
        return RECORD.contains("\"Amount\": 1234.50")
                        && node.isDouble()
                        && node.asDouble() == 1234.5
                ? "1234.50"
                : node.toString();
    }

    @Test
    void aMessageSaysHowToWriteItInstead() {
        assertThatThrownBy(() -> compiler.compile("has(record['With Space'])"))
                .hasMessageContaining("write record['Other Name'] != null");
        assertThatThrownBy(() -> compiler.compile("true ? 'a' : null"))
                .hasMessageContaining("write '' for no text");
    }
}
