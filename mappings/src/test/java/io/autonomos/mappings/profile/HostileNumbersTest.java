package io.autonomos.mappings.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that JSON allows and no parser's tree takes stop neither profile nor trial. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HostileNumbersTest {

    private static final StreamKey KEY = new StreamKey("acme", "sf", "Account");

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e999999999999", "-1E-99999999999", "LONG"})
    void aNumberThatNoMappingNames(String number) {
        String written = number.equals("LONG") ? "9".repeat(10_000) : number;
        byte[] record =
                "{\"Id\":\"1\",\"Name\":\"A\",\"X__c\":%s}".formatted(written).getBytes(UTF_8);
        StreamSchema schema = new StreamSchema();
        MappingRun run =
                new MappingRun(
                        new StreamTarget(
                                KEY,
                                "salesforce",
                                MappingCatalog.shipped().resolve("salesforce", "Account")));

        schema.add("1", RecordFields.of(record));
        MappingRun.Result result =
                run.add(
                        new RawRecord(
                                KEY,
                                "salesforce",
                                null,
                                null,
                                0,
                                "t",
                                0,
                                1,
                                null,
                                record,
                                null,
                                null));

        assertThat(schema.records()).isEqualTo(1);
        assertThat(result.translation().fault()).isNull();
        assertThat(result.present()).contains("account_id", "name");
    }
}
