package io.autonomos.operators.review;

import io.autonomos.operators.CheckpointGate;
import io.autonomos.schemas.messages.RegistryMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Holds the versions of a tenant until the decisions for them are in a checkpoint. All methods
 * concern the current key.
 *
 * <p>State: versions by proposal id. An entry leaves with its checkpoint, so none has a time to
 * live.
 */
final class VersionOutbox {

    // State names are part of the savepoint format: never rename one.
    static final String VERSIONS_STATE = "versions";

    private final transient MapState<String, RegistryMessage> versions;
    private final CheckpointGate gate;

    /** When versions of this run were made; those of an earlier run are in a checkpoint. */
    private final Map<String, Long> made = new HashMap<>();

    VersionOutbox(KeyedStateStore state, CheckpointGate gate) {
        this.gate = gate;
        versions =
                state.getMapState(
                        new MapStateDescriptor<>(
                                VERSIONS_STATE,
                                Types.STRING,
                                TypeInformation.of(RegistryMessage.class)));
    }

    void hold(String tenant, String proposal, RegistryMessage version) throws Exception {
        versions.put(proposal, version);
        made.put(tenant + '\n' + proposal, gate.stamp());
    }

    /** Takes out what no restart can take back, lower versions first. */
    List<RegistryMessage> release(String tenant) throws Exception {
        List<String> proposals = new ArrayList<>();
        versions.keys().forEach(proposals::add);
        List<RegistryMessage> released = new ArrayList<>();
        for (String proposal : proposals) {
            Long stamp = made.get(tenant + '\n' + proposal);
            if (stamp == null || gate.isDurable(stamp)) {
                made.remove(tenant + '\n' + proposal);
                released.add(versions.get(proposal));
                versions.remove(proposal);
            }
        }
        released.sort(Comparator.comparingInt(each -> each.version().version()));
        return released;
    }

    boolean isEmpty() throws Exception {
        return versions.isEmpty();
    }
}
