package io.autonomos.jobs;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * What an operator makes of a keyed stream, all of whose tasks are told everything of another one.
 * Flink's own way takes functions only, and those have no key of their own choice.
 */
final class ToldStream<T> extends SingleOutputStreamOperator<T> {

    private ToldStream(StreamExecutionEnvironment env, Transformation<T> transformation) {
        super(env, transformation);
    }

    /**
     * Joins an operator to both.
     *
     * @param told goes to all tasks, without a key
     */
    static <A, B, K, T> ToldStream<T> of(
            KeyedStream<A, K> keyed,
            DataStream<B> told,
            TypeInformation<T> type,
            TwoInputStreamOperator<A, B, T> operator) {
        StreamExecutionEnvironment env = keyed.getExecutionEnvironment();
        TwoInputTransformation<A, B, T> transformation =
                new TwoInputTransformation<>(
                        keyed.getTransformation(),
                        told.broadcast().getTransformation(),
                        "told",
                        operator,
                        type,
                        env.getParallelism(),
                        false);
        transformation.setStateKeySelectors(keyed.getKeySelector(), null);
        transformation.setStateKeyType(keyed.getKeyType());
        env.addOperator(transformation);
        return new ToldStream<>(env, transformation);
    }
}
