package io.autonomos.operators.repair.memory;

import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.profile.MappingUse;
import io.autonomos.mappings.registry.VersionGate;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.operators.repair.PublishRepair;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairMemory;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.ReviewedProposal;
import io.autonomos.schemas.types.MessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Makes of what became of proposals the words that are remembered, keyed by stream: a change that
 * took effect is accepted, one that a person refused is rejected, and one that a person's later
 * version of the stream's mapping reads no longer, be it a rollback, an edit or a file, is
 * withdrawn. Only changes of one field into another are remembered.
 *
 * <p>State per stream: the changes on which a word was given, bounded in number, and the highest
 * version seen.
 */
public final class RememberRepairs
        extends KeyedCoProcessFunction<String, ReviewedProposal, RegistryMessage, RepairMemory> {

    private static final long serialVersionUID = 1L;

    // State names are part of the savepoint format: never rename one.
    static final String SAID_STATE = "said";
    static final String VERSION_STATE = "highest-version";

    private static final int MOST_CHANGES = 500;

    private transient MapState<String, RepairMemory> said;
    private transient ValueState<Integer> highest;

    @Override
    public void open(OpenContext context) {
        said =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        SAID_STATE,
                                        Types.STRING,
                                        MessageType.of(RepairMemory.class)));
        highest =
                getRuntimeContext().getState(new ValueStateDescriptor<>(VERSION_STATE, Types.INT));
    }

    @Override
    public void processElement1(
            ReviewedProposal reviewed, Context context, Collector<RepairMemory> out)
            throws Exception {
        String verdict =
                switch (reviewed.status().status()) {
                    case ProposalStatus.APPLIED, ProposalStatus.APPROVED -> RepairMemory.ACCEPTED;
                    // The version that an edit makes says which of its changes are right.
                    case ProposalStatus.REJECTED, ProposalStatus.EDITED -> RepairMemory.REJECTED;
                    default -> null;
                };
        if (verdict == null) {
            return;
        }
        boolean byPerson = !reviewed.status().by().equals(ProposalStatus.JOB);
        RepairProposal proposal = reviewed.proposal();
        for (RepairProposal.Change change : proposal.changes()) {
            if (isRename(change)) {
                say(memory(proposal, change, verdict, byPerson, reviewed.status().at()), out);
            }
        }
    }

    private static boolean isRename(RepairProposal.Change change) {
        return change.looks() != null
                && change.before().size() == 1
                && change.after().size() == 1
                && !change.before().equals(change.after());
    }

    private static RepairMemory memory(
            RepairProposal proposal,
            RepairProposal.Change change,
            String verdict,
            boolean byPerson,
            Instant at) {
        return new RepairMemory(
                proposal.tenant(),
                proposal.connection(),
                proposal.source(),
                proposal.stream(),
                change.before().get(0),
                change.after().get(0),
                change.looks().typeBefore(),
                change.looks().typeAfter(),
                verdict,
                byPerson,
                change.looks().kinds(),
                proposal.id(),
                at);
    }

    @Override
    public void processElement2(
            RegistryMessage message, Context context, Collector<RepairMemory> out)
            throws Exception {
        if (message.fault() != null || message.isVerdict() || said.isEmpty()) {
            return;
        }
        MappingVersion version = message.version();
        Integer last = highest.value();
        if (last != null && version.version() <= last) {
            return;
        }
        Set<SourcePath> read = read(version);
        if (read.isEmpty() || version.by().equals(PublishRepair.BY)) {
            return; // it cannot take effect, or is the job's own and builds on what was there
        }
        highest.update(version.version());
        List<RepairMemory> all = new ArrayList<>();
        said.values().forEach(all::add);
        for (RepairMemory each : all) {
            boolean reads = read.contains(SourcePath.parse(each.after()));
            if (reads != each.accepts()) {
                String now = reads ? RepairMemory.ACCEPTED : RepairMemory.WITHDRAWN;
                say(each.with(now, true, version.at()), out);
            }
        }
    }

    /** The places that a version reads; none where it does not compile. */
    private static Set<SourcePath> read(MappingVersion version) {
        try {
            return MappingUse.of(VersionGate.compile(version).plan()).all();
        } catch (MappingException e) {
            return Set.of();
        }
    }

    private void say(RepairMemory memory, Collector<RepairMemory> out) throws Exception {
        String change = memory.before() + '\n' + memory.after();
        if (!said.contains(change)) {
            forgetOldest();
        }
        said.put(change, memory);
        out.collect(memory);
    }

    private void forgetOldest() throws Exception {
        int count = 0;
        String oldest = null;
        Instant when = Instant.MAX;
        for (var each : said.entries()) {
            count++;
            if (each.getValue().at().isBefore(when)) {
                oldest = each.getKey();
                when = each.getValue().at();
            }
        }
        if (count >= MOST_CHANGES) {
            said.remove(oldest);
        }
    }
}
