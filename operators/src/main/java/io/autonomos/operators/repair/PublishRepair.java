package io.autonomos.operators.repair;

import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Tier;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Makes of each proposal that is applied unasked the mapping version that the registry gets. */
public final class PublishRepair implements FlatMapFunction<RepairProposal, RegistryMessage> {

    private static final long serialVersionUID = 1L;

    /** Who publishes what nobody was asked about. */
    public static final String BY = "autonomos";

    @Override
    public void flatMap(RepairProposal proposal, Collector<RegistryMessage> out) {
        if (proposal.tier() == Tier.APPLY) {
            out.collect(RegistryMessage.of(version(proposal)));
        }
    }

    /** The version takes the next number, so it comes too late where another one took that. */
    static MappingVersion version(RepairProposal proposal) {
        return new MappingVersion(
                proposal.tenant(),
                proposal.connection(),
                proposal.source(),
                proposal.stream(),
                proposal.baseMappingVersion() + 1,
                proposal.mapping(),
                MappingVersion.REPAIR,
                proposal.id(),
                proposal.confidence(),
                BY,
                "repair of drift " + proposal.driftId(),
                proposal.at());
    }
}
