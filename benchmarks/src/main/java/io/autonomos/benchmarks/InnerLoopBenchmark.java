package io.autonomos.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.plan.PlanStages;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.scan.ScanException;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one record costs on one thread, with the shipped mapping, beside Jackson. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class InnerLoopBenchmark {

    private static final int RECORDS = 512;

    /** The shipped mapping with an expression in place of three of its paths. */
    private static final String WITH_EXPRESSIONS =
            """
            mapping: with-expressions
            extends: salesforce-opportunity
            fields:
              name: {expr: 'record.Name + " (" + record.Type + ")"'}
              stage: {expr: 'record.StageName == "Closed Won" ? "won" : record.StageName'}
              amount: {expr: 'record.Amount * 1.19', on-error: "null"}
            """;

    /** Fields of a record. */
    @Param({"33"})
    public int fields;

    private final RawRecord[] raw = new RawRecord[RECORDS];
    private final byte[][] records = new byte[RECORDS][];
    private final String[] ids = new String[RECORDS];
    private final ObjectMapper mapper = new ObjectMapper();
    private JacksonPick picker;
    private Translator translator;
    private StreamTarget target;
    private PlanStages stages;
    private PlanStages expressions;
    private int next;

    @Setup
    public void prepare() {
        StreamKey key = new StreamKey("acme", "salesforce-prod", SampleRecords.STREAM);
        Plan plan = MappingCatalog.shipped().resolve(SampleRecords.SOURCE, SampleRecords.STREAM);
        target = new StreamTarget(key, SampleRecords.SOURCE, plan);
        translator = new Translator(ScanLimits.DEFAULT);
        stages = new PlanStages(plan);
        expressions =
                new PlanStages(
                        MappingCatalog.compile(
                                        "benchmark",
                                        WITH_EXPRESSIONS.getBytes(StandardCharsets.UTF_8))
                                .plan());
        picker = new JacksonPick(Arrays.copyOf(SampleRecords.MAPPED, SampleRecords.mapped(fields)));
        for (int i = 0; i < RECORDS; i++) {
            records[i] = SampleRecords.record(i, fields);
            ids[i] = SampleRecords.id(i);
            raw[i] =
                    new RawRecord(
                            key,
                            SampleRecords.SOURCE,
                            RawRecord.UPSERT,
                            ids[i],
                            1_767_225_600_000L + i,
                            "autonomos.raw",
                            0,
                            i,
                            null,
                            records[i],
                            null,
                            null);
        }
    }

    private int next() {
        next = (next + 1) & (RECORDS - 1);
        return next;
    }

    /** All of the translation, the envelope's JSON included. */
    @Benchmark
    public CanonicalEvent translate() {
        Translation translation = translator.translate(raw[next()], target);
        return translation.events().get(0);
    }

    /** Validated, fingerprinted, the mapped values picked, checked and cast; no envelope. */
    @Benchmark
    public Fault cast() throws ScanException {
        int i = next();
        return stages.scanAndCast(records[i], ids[i]);
    }

    /** The same where three of the fields are expressions. */
    @Benchmark
    public Fault castWithExpressions() throws ScanException {
        int i = next();
        return expressions.scanAndCast(records[i], ids[i]);
    }

    /** Validated, fingerprinted, the mapped values found. */
    @Benchmark
    public long scan() throws ScanException {
        return stages.scan(records[next()]);
    }

    /** The reference: Jackson streams and picks the mapped fields as text. */
    @Benchmark
    public String[] jacksonPick() throws IOException {
        return picker.pick(records[next()]);
    }

    /** Jackson makes a tree of the record. */
    @Benchmark
    public JsonNode jacksonTree() throws IOException {
        return mapper.readTree(records[next()]);
    }
}
