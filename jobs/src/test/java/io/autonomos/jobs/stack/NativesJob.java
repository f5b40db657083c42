package io.autonomos.jobs.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Counts per key in RocksDB and asks DuckDB, so that both natives are loaded; a count that a lost
 * or doubled element has made wrong is written to the directory given.
 */
public final class NativesJob {

    private NativesJob() {}

    /**
     * {@code NativesJob DIRECTORY ELEMENTS PER_SECOND}.
     *
     * @throws Exception when the job cannot be built
     */
    public static void main(String[] arguments) throws Exception {
        long elements = Long.parseLong(arguments[1]);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.fromSource(
                        new DataGeneratorSource<>(
                                n -> n,
                                elements,
                                RateLimiterStrategy.perSecond(Double.parseDouble(arguments[2])),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .keyBy(n -> 0L)
                .map(new CountPerKey())
                .map(new Check(arguments[0], elements))
                .sinkTo(new DiscardingSink<>());
        env.execute("natives");
    }

    private static final class Check extends RichMapFunction<Long, Long> {

        private static final long serialVersionUID = 1L;

        private final String directory;
        private final long elements;

        private Check(String directory, long elements) {
            this.directory = directory;
            this.elements = elements;
        }

        @Override
        public void open(OpenContext context) throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 42")) {
                rows.next();
                if (rows.getInt(1) != 42) {
                    violated("DuckDB answered " + rows.getInt(1));
                }
                if (connection.getClass().getClassLoader()
                        == getRuntimeContext().getUserCodeClassLoader()) {
                    violated("DuckDB was loaded from the job jar");
                }
            }
        }

        @Override
        public Long map(Long count) throws Exception {
            if (count == elements) {
                Files.writeString(Path.of(directory, "complete"), "");
            }
            return count;
        }

        private void violated(String what) throws IOException {
            Files.writeString(Path.of(directory, "violated"), what);
        }
    }
}
