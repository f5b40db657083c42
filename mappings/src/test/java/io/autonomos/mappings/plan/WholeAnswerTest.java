package io.autonomos.mappings.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole answer of AWS on the stream of single records says where it belongs. */
class WholeAnswerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "instances|{'Reservations':[{'Instances':[{'InstanceId':'i-1'}]}]}|describe-instances",
                "db_instances|{'DBInstances':[{'DBInstanceArn':'a'}]}|describe-db-instances",
                "buckets|{'Buckets':[{'Name':'b'}],'Owner':{'ID':'1'}}|list-buckets",
            })
    void namesTheStreamThatReadsIt(String stream, String answer, String whole) {
        Plan plan = MappingCatalog.shipped().resolve("aws", stream);
        StreamKey key = new StreamKey("t", "c", stream);
        byte[] bytes = answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        RawRecord record =
                new RawRecord(key, "aws", null, null, 0, "t", 0, 1, null, bytes, null, null);

        Fault fault =
                new Translator(ScanLimits.DEFAULT)
                        .translate(record, new StreamTarget(key, "aws", plan))
                        .fault();

        assertThat(fault.code()).isEqualTo("AOS-208");
        assertThat(fault.message())
                .endsWith("to the stream " + whole + ", or each record by itself.");
    }

    @Test
    void knowsTheMappingsThatReadWholeAnswers() {
        Set<String> members = new TreeSet<>();
        for (Mapping each : MappingCatalog.shipped().mappings()) {
            if (!each.each().isEmpty() && each.sources().contains("aws")) {
                String member = each.each().get(0).toString();
                members.add(member);
                Map<String, String> known = RecordFaults.WHOLE_ANSWERS;
                assertThat(MappingCatalog.shipped().resolve("aws", known.get(member)).each())
                        .first()
                        .hasToString(member);
            }
        }
        assertThat(members).isEqualTo(new TreeSet<>(RecordFaults.WHOLE_ANSWERS.keySet()));
    }
}
