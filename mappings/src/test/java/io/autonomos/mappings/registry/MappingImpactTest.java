package io.autonomos.mappings.registry;

import static io.autonomos.mappings.registry.TestingVersions.ACME;
import static io.autonomos.mappings.registry.TestingVersions.mapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.schemas.RawRecord;
import org.junit.jupiter.api.Test;

class MappingImpactTest {

    @Test
    void tellsWhichFieldsChangeGainAndLoseAValue() {
        MappingImpact impact =
                impact(mapping("Name") + "  phone: Phone\n", mapping("Alias") + "  website: Web\n");

        impact.add(record("{'Id':'1','Name':'a','Alias':'b','Phone':'7','Web':'w'}"));
        impact.add(record("{'Id':'2','Name':'a','Alias':'a'}"));

        assertThat(impact.records()).isEqualTo(2);
        assertThat(impact.untouched()).isEqualTo(1);
        assertThat(impact.outcomes()).isEmpty();
        assertThat(impact.fields())
                .extracting(
                        f ->
                                "%s %d %d %d %s %s->%s"
                                        .formatted(
                                                f.name(),
                                                f.changed(),
                                                f.gained(),
                                                f.lost(),
                                                f.record(),
                                                f.was(),
                                                f.is()))
                .containsExactlyInAnyOrder(
                        "name 1 0 0 1 \"a\"->\"b\"",
                        "phone 0 0 1 1 \"7\"->null",
                        "website 0 1 0 1 null->\"w\"");
    }

    @Test
    void tellsWhichRecordsCanNoLongerBeTranslated() {
        MappingImpact impact = impact(mapping("Name"), mapping("Alias"));

        impact.add(record("{'Id':'1','Name':'a'}"));
        impact.add(record("{'Id':'2','Alias':'a'}"));
        impact.add(record("{"));

        assertThat(impact.outcomes())
                .containsEntry("canonical -> dead letter AOS-310", 1)
                .containsEntry("dead letter AOS-310 -> canonical", 1)
                .hasSize(2);
        assertThat(impact.untouched()).isEqualTo(1);
    }

    @Test
    void aStreamWithoutAMappingGainsOne() {
        MappingImpact impact = new MappingImpact(null, target(mapping("Name")));

        impact.add(record("{'Id':'1','Name':'a'}"));

        assertThat(impact.outcomes()).containsEntry("no mapping -> canonical", 1);
        assertThat(impact.untouched()).isZero();
    }

    @Test
    void anotherRecordIdIsToldToo() {
        MappingImpact impact =
                impact(mapping("Name"), mapping("Name").replace("record-id: Id", "record-id: Key"));

        impact.add(record("{'Id':'1','Key':'k','Name':'a'}"));

        assertThat(impact.fields()).extracting(MappingImpact.Field::name).contains("record_id");
    }

    private static MappingImpact impact(String before, String after) {
        return new MappingImpact(target(before), target(after));
    }

    private static StreamTarget target(String yaml) {
        return new StreamTarget(
                ACME,
                "salesforce",
                MappingCatalog.compile("test.yaml", yaml.getBytes(UTF_8)).plan());
    }

    private static RawRecord record(String json) {
        return new RawRecord(
                ACME,
                "salesforce",
                null,
                null,
                0,
                "t",
                0,
                0,
                null,
                json.replace('\'', '"').getBytes(UTF_8),
                null,
                null);
    }
}
