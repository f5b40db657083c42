package io.autonomos.operators.drift;

import io.autonomos.schemas.Observation;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** One observation or timer: the stream, and where its outputs go. */
record Turn(
        WatchedStream stream,
        Standing standing,
        KeyedProcessFunction<StreamKey, Observation, RepairTask>.Context context,
        Collector<RepairTask> out) {

    long now() {
        return context.timerService().currentProcessingTime();
    }

    Instant at() {
        return Instant.ofEpochMilli(now());
    }
}
