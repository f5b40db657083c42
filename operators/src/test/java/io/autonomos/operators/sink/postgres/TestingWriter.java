package io.autonomos.operators.sink.postgres;

import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** Runs a sink as the job would, in Flink's own sink operator. */
final class TestingWriter<T> implements AutoCloseable {

    private final OneInputStreamOperatorTestHarness<T, CommittableMessage<Integer>> harness;
    private long checkpoint;

    TestingWriter(PostgresSink<T> sink, Class<T> type) throws Exception {
        this(sink, TypeInformation.of(type));
    }

    TestingWriter(PostgresSink<T> sink, TypeInformation<T> type) throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new SinkWriterOperatorFactory<>(sink),
                        type.createSerializer(new SerializerConfigImpl()));
        harness.open();
    }

    @SafeVarargs
    final TestingWriter<T> write(T... rows) throws Exception {
        for (T row : rows) {
            harness.processElement(row, 0);
        }
        return this;
    }

    TestingWriter<T> writeAll(List<T> rows) throws Exception {
        for (T row : rows) {
            harness.processElement(row, 0);
        }
        return this;
    }

    /** What happens before a checkpoint's barrier passes. */
    TestingWriter<T> checkpoint() throws Exception {
        harness.prepareSnapshotPreBarrier(++checkpoint);
        return this;
    }

    void setTime(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("The sink did not close.", e);
        }
    }
}
