package io.autonomos.operators.repair;

import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Controls;
import java.util.Map;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/** Tells each repair the thresholds of its tenant, as the control topic has them now. */
public final class FollowThresholds
        extends BroadcastProcessFunction<RepairTask, ControlMessage, RepairTask> {

    private static final long serialVersionUID = 1L;
    private static final Controls NONE_FIXED = new Controls(Map.of());

    @Override
    public void processBroadcastElement(
            ControlMessage message, Context context, Collector<RepairTask> out) throws Exception {
        TenantSettings.keep(context.getBroadcastState(FollowControls.CONTROLS), message);
    }

    @Override
    public void processElement(RepairTask task, ReadOnlyContext context, Collector<RepairTask> out)
            throws Exception {
        String tenant = task.key().tenant();
        Controls controls =
                TenantSettings.of(
                        tenant, context.getBroadcastState(FollowControls.CONTROLS), NONE_FIXED);
        out.collect(task.with(task.hints().withThresholds(controls.thresholds(tenant))));
    }
}
