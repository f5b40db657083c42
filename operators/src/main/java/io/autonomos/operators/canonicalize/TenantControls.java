package io.autonomos.operators.canonicalize;

import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Controls;
import io.autonomos.schemas.messages.Flag;
import io.autonomos.schemas.types.MessageType;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/** What tenants have switched on and off, as far as the translating stage must know. */
final class TenantControls {

    // State names are part of the savepoint format: never rename one.
    static final String CONTROLS_STATE = "controls";

    private final HoldSettings settings;
    private final Controls controls;
    private final transient BroadcastState<String, ControlMessage> state;

    TenantControls(CanonicalizeSettings settings, OperatorStateStore store) throws Exception {
        this.settings = settings.hold();
        controls = settings.controls().fresh();
        state =
                store.getBroadcastState(
                        new MapStateDescriptor<>(
                                CONTROLS_STATE,
                                Types.STRING,
                                MessageType.of(ControlMessage.class)));
        for (Map.Entry<String, ControlMessage> each : state.entries()) {
            controls.add(each.getValue());
        }
    }

    /**
     * Takes a message.
     *
     * @return whether it changes anything
     */
    boolean add(ControlMessage message) throws Exception {
        if (!controls.add(message)) {
            return false;
        }
        state.put(message.tenant(), message);
        return true;
    }

    /** Whether a tenant's records are held against what their streams were like. */
    boolean detects(String tenant) {
        return controls.isOn(Flag.DRIFT_DETECTION, tenant);
    }

    /** What becomes of a tenant's records that have lost fields. */
    DriftPolicy policy(String tenant) {
        if (!detects(tenant)) {
            return DriftPolicy.PASS;
        }
        String policy = controls.policy(DriftPolicy.NAME, tenant);
        for (DriftPolicy each : DriftPolicy.values()) {
            if (each.key().equals(policy)) {
                return each;
            }
        }
        return settings.policy();
    }
}
