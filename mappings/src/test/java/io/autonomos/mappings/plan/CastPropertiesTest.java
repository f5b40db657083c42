package io.autonomos.mappings.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.scan.RandomJson;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class CastPropertiesTest {

    private static final EntitySchema OPPORTUNITY = EntityModel.shipped().entity("opportunity");
    private static final TestingTranslator TRANSLATOR =
            TestingTranslator.of(
                    """
                    mapping: m
                    source: testing
                    stream: things
                    entity: opportunity
                    fields:
                      opportunity_id: id
                      name: id
                      stage: s
                      amount: a
                      close_date: d
                      created_at: t
                      updated_at: {from: m, format: epoch-ms}
                    """);
    private static final long FIRST = Instant.parse("0001-01-02T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-30T23:59:59Z").getEpochSecond();

    @Property(tries = 3_000, seed = "31")
    void decimalsComeOutAsTheyWentIn(@ForAll Random random, @ForAll @IntRange(max = 18) int scale) {
        int digits = 1 + random.nextInt(20 + scale);
        BigDecimal value = new BigDecimal(new BigInteger(3 * digits, random), scale);
        BigDecimal signed = random.nextBoolean() ? value : value.negate();
        for (String written :
                new String[] {
                    signed.toPlainString(),
                    signed.toString(),
                    signed.stripTrailingZeros().toString(),
                    signed.unscaledValue() + "e-" + scale,
                    "\"" + signed.toPlainString() + "\"",
                    "\"" + signed.toString() + "\""
                }) {
            CanonicalEvent event = event("a", written);
            assertThat(EventValues.decimal(event, field("amount")))
                    .as(written)
                    .isEqualByComparingTo(signed);
            assertThat(text(event)).contains("\"changes\":[]").contains("\"extras\":{}");
        }
    }

    @Property(tries = 3_000, seed = "32")
    void timestampsAreThoseOfJavaTime(
            @ForAll Random random, @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int minutes) {
        long second = FIRST + (long) (random.nextDouble() * (LAST - FIRST));
        Instant instant = Instant.ofEpochSecond(second, random.nextInt(1_000_000) * 1_000L);
        OffsetDateTime time = instant.atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));
        DateTimeFormatter compact = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxx");
        DateTimeFormatter basic = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSSXX");
        for (String written :
                new String[] {
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time),
                    instant.toString(),
                    compact.format(time),
                    basic.format(time),
                    time.toString().replace('T', ' ')
                }) {
            CanonicalEvent event = event("t", "\"" + written + "\"");
            assertThat(EventValues.timestamp(event, field("created_at")))
                    .as(written)
                    .isEqualTo(instant);
            assertThat(text(event))
                    .as(written)
                    .contains("\"changes\":[]")
                    .contains("\"extras\":{}");
        }
    }

    @Property(tries = 2_000, seed = "33")
    void epochsAreThoseOfJavaTime(
            @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L)
                    long millis) {
        Instant expected = Instant.ofEpochMilli(millis);
        CanonicalEvent event = event("m", Long.toString(millis));
        assertThat(EventValues.timestamp(event, field("updated_at"))).isEqualTo(expected);

        long bySize = Math.abs(millis) < 100_000_000_000L ? millis * 1_000 : millis;
        if (Math.abs(millis) >= 100_000_000_000L || bySize >= -62_135_596_800_000L) {
            assertThat(
                            EventValues.timestamp(
                                    event("t", Long.toString(millis)), field("created_at")))
                    .isEqualTo(Instant.ofEpochMilli(bySize));
        }
    }

    @Property(tries = 3_000, seed = "34")
    void anEightDigitDateIsADayOfTheCalendarOrRefused(
            @ForAll @IntRange(max = 10_000) int year,
            @ForAll @IntRange(max = 14) int month,
            @ForAll @IntRange(max = 33) int day) {
        String written = "%04d-%02d-%02d".formatted(year, month, day);
        LocalDate expected;
        try {
            expected = year < 1 || year > 9999 ? null : LocalDate.parse(written);
        } catch (DateTimeParseException e) {
            expected = null;
        }
        CanonicalEvent event = event("d", "\"" + written + "\"");
        assertThat(EventValues.date(event, field("close_date"))).as(written).isEqualTo(expected);
        assertThat(text(event).contains("AOS-304")).isEqualTo(expected == null);
    }

    @Property(tries = 1_000, seed = "35")
    void everyDayOfTheCalendarIsRead(@ForAll @IntRange(min = -719_162, max = 2_932_896) int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        assertThat(EventValues.date(event("d", "\"" + date + "\""), field("close_date")))
                .isEqualTo(date);
        Instant midnight = date.atStartOfDay(ZoneOffset.UTC).toInstant();
        assertThat(EventValues.timestamp(event("t", "\"" + date + "\""), field("created_at")))
                .isEqualTo(midnight.truncatedTo(ChronoUnit.DAYS));
    }

    @Property(tries = 2_000, seed = "36")
    void textComesOutAsItWentIn(@ForAll String text, @ForAll Random random) {
        String given = text.isEmpty() ? "x" : text;
        RandomJson json = new RandomJson(random);
        byte[] record = json.styled(java.util.Map.of("id", "1", "s", given));
        boolean storable = given.indexOf(0) < 0 && UTF_8.newEncoder().canEncode(given);

        CanonicalEvent event = TRANSLATOR.event(record);
        assertThat(EventValues.text(event, field("stage"))).isEqualTo(storable ? given : null);
        assertThat(text(event).contains("AOS-307")).isEqualTo(!storable);
    }

    private static CanonicalEvent event(String name, String token) {
        return TRANSLATOR.event("{\"id\":1,\"%s\":%s}".formatted(name, token));
    }

    private static EntityField field(String name) {
        return OPPORTUNITY.field(name);
    }

    private static String text(CanonicalEvent event) {
        return new String(event.json(), UTF_8);
    }
}
