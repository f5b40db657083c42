package io.autonomos.mappings.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task whose streams have more mappings of their own than it keeps runners. */
class ManyPlansTest {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    private static final int PLANS = 700;

    @Test
    void eachStreamsRecordsAreTranslatedByItsOwnPlanAgainAndAgain() {
        List<StreamTarget> targets = new ArrayList<>();
        for (int i = 0; i < PLANS; i++) {
            targets.add(new StreamTarget(ACME, "salesforce", plan("F" + i)));
        }
        Translator translator = new Translator(ScanLimits.DEFAULT);

        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < PLANS; i++) {
                assertThat(name(translator, targets.get(i), "F" + i)).isEqualTo(1);
            }
        }
        translator.forget(targets.get(0).plan());
        assertThat(name(translator, targets.get(0), "F0")).isEqualTo(1);
    }

    /** How many events a record with a name in that field makes. */
    private static int name(Translator translator, StreamTarget target, String field) {
        String json = "{\"Id\":\"1\",\"%s\":\"a\"}".formatted(field);
        RawRecord record =
                new RawRecord(
                        ACME,
                        "salesforce",
                        null,
                        null,
                        0,
                        "t",
                        0,
                        0,
                        null,
                        json.getBytes(UTF_8),
                        null,
                        null);
        return translator.translate(record, target).events().size();
    }

    private static Plan plan(String field) {
        String yaml =
                """
                mapping: own
                source: salesforce
                stream: Account
                entity: account
                record-id: Id
                fields:
                  account_id: Id
                  name: %s
                """
                        .formatted(field);
        return MappingCatalog.compile(field, yaml.getBytes(UTF_8)).plan();
    }
}
