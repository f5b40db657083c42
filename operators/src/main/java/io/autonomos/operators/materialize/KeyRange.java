package io.autonomos.operators.materialize;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/** Which keys a task has. */
final class KeyRange {

    private KeyRange() {}

    /** Whether the state of the key is the operator's. */
    static boolean has(AbstractStreamOperator<?> operator, String key) {
        CheckpointableKeyedStateBackend<?> backend =
                (CheckpointableKeyedStateBackend<?>)
                        (KeyedStateBackend<?>) operator.getKeyedStateBackend();
        TaskInfo task = operator.getRuntimeContext().getTaskInfo();
        int group =
                KeyGroupRangeAssignment.assignToKeyGroup(
                        key, task.getMaxNumberOfParallelSubtasks());
        return backend.getKeyGroupRange().contains(group);
    }
}
