package io.autonomos.operators.repair;

import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Controls;
import io.autonomos.schemas.messages.Flag;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Tier;
import io.autonomos.schemas.types.MessageType;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives each proposal the tier that its tenant's flags allow at most: nothing is applied unasked
 * without {@link Flag#AUTO_REPAIR} or in {@link Flag#SAFE_MODE}, and nobody is asked without {@link
 * Flag#HUMAN_REVIEW}.
 */
public final class FollowControls
        extends BroadcastProcessFunction<RepairProposal, ControlMessage, RepairProposal> {

    private static final long serialVersionUID = 1L;

    // State names are part of the savepoint format: never rename one.
    /** The settings of tenants, broadcast. */
    public static final MapStateDescriptor<String, ControlMessage> CONTROLS =
            new MapStateDescriptor<>(
                    "controls", Types.STRING, MessageType.of(ControlMessage.class));

    private final Controls fixed;

    /**
     * Follows the control topic.
     *
     * @param fixed flags that the job's configuration sets
     */
    public FollowControls(Controls fixed) {
        this.fixed = fixed;
    }

    @Override
    public void processBroadcastElement(
            ControlMessage message, Context context, Collector<RepairProposal> out)
            throws Exception {
        TenantSettings.keep(context.getBroadcastState(CONTROLS), message);
    }

    @Override
    public void processElement(
            RepairProposal proposal, ReadOnlyContext context, Collector<RepairProposal> out)
            throws Exception {
        Controls controls =
                TenantSettings.of(proposal.tenant(), context.getBroadcastState(CONTROLS), fixed);
        out.collect(proposal.withTier(tier(proposal, controls)));
    }

    private static Tier tier(RepairProposal proposal, Controls controls) {
        String tenant = proposal.tenant();
        Tier tier = proposal.tier();
        boolean unasked =
                controls.isOn(Flag.AUTO_REPAIR, tenant) && !controls.isOn(Flag.SAFE_MODE, tenant);
        if (tier == Tier.APPLY && !unasked) {
            tier = Tier.REVIEW;
        }
        boolean asks = controls.isOn(Flag.HUMAN_REVIEW, tenant);
        return tier == Tier.REVIEW && !asks ? Tier.REJECT : tier;
    }
}
