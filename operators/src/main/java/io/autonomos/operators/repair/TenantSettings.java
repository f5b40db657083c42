package io.autonomos.operators.repair;

import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Controls;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;

/** The control messages that a stage keeps as broadcast state. */
public final class TenantSettings {

    private TenantSettings() {}

    /** Keeps a message unless one as new is known. */
    public static void keep(BroadcastState<String, ControlMessage> known, ControlMessage message)
            throws Exception {
        ControlMessage before = known.get(message.tenant());
        if (before == null || before.revision() < message.revision()) {
            known.put(message.tenant(), message);
        }
    }

    /**
     * What holds for a tenant.
     *
     * @param fixed flags that the job's configuration sets
     */
    public static Controls of(
            String tenant, ReadOnlyBroadcastState<String, ControlMessage> known, Controls fixed)
            throws Exception {
        Controls controls = fixed.fresh();
        for (String whose : new String[] {tenant, ControlMessage.ALL}) {
            ControlMessage message = known.get(whose);
            if (message != null) {
                controls.add(message);
            }
        }
        return controls;
    }
}
