package io.autonomos.jobs.cli;

import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairProposal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The proposals and the review log, as their topics have them. */
final class ReviewBoard implements AutoCloseable {

    private static final int SHOWN = 10;

    private final TopicReader reader;
    private final String prefix;
    private final Map<List<String>, RepairProposal> proposals = new LinkedHashMap<>();
    private final Map<String, ProposalStatus> log = new LinkedHashMap<>();
    private final RegistryBook registry = new RegistryBook();

    ReviewBoard(BrokerOptions brokers) {
        reader = brokers.reader();
        prefix = brokers.topicPrefix();
        refresh();
    }

    /** Reads what is new. */
    void refresh() {
        reader.read(
                Topics.proposals(prefix),
                record -> {
                    RepairProposal each = TopicReader.message(RepairProposal.class, record);
                    if (each != null) {
                        proposals.putIfAbsent(List.of(each.tenant(), each.id()), each);
                    }
                });
        reader.read(
                Topics.reviewLog(prefix),
                record -> {
                    ProposalStatus each = TopicReader.message(ProposalStatus.class, record);
                    if (each != null) {
                        log.putIfAbsent(each.id(), each);
                    }
                });
    }

    /** A proposal and its status. */
    record Row(RepairProposal proposal, ProposalStatus last) {

        /** Without a line in the log a job has yet to see it. */
        String status() {
            return last == null ? ProposalStatus.PENDING : last.status();
        }

        boolean isPending() {
            return status().equals(ProposalStatus.PENDING);
        }

        /** The proposal in a line. */
        String headline() {
            return "Proposal %s: %s, tier %s, confidence %s"
                    .formatted(
                            proposal.id(),
                            status(),
                            proposal.tier(),
                            DriftText.share(proposal.confidence()));
        }

        /** Who decided, or nothing. */
        String by() {
            return isPending() ? "" : last.by();
        }
    }

    /** All proposals, oldest first. */
    List<Row> rows() {
        Map<List<String>, ProposalStatus> last = new LinkedHashMap<>();
        for (ProposalStatus each : log.values()) {
            if (!each.refuses()) {
                last.merge(
                        List.of(each.tenant(), each.proposalId()),
                        each,
                        (a, b) -> a.status().equals(ProposalStatus.PENDING) ? b : a);
            }
        }
        List<Row> rows = new ArrayList<>();
        proposals.forEach((key, proposal) -> rows.add(new Row(proposal, last.get(key))));
        rows.sort(Comparator.comparing(row -> row.proposal().at()));
        return rows;
    }

    /** Those with an id, or else those whose id begins with it. */
    static <T> List<T> meant(List<T> all, Function<T, String> idOf, String id) {
        List<T> exact = all.stream().filter(each -> idOf.apply(each).equals(id)).toList();
        return exact.isEmpty()
                ? all.stream().filter(each -> idOf.apply(each).startsWith(id)).toList()
                : exact;
    }

    /**
     * The one proposal that is meant.
     *
     * @param id its id, or the beginning of it
     * @param tenant whose, or null where the id is enough
     */
    Row one(String id, String tenant) {
        List<Row> all =
                rows().stream()
                        .filter(row -> tenant == null || tenant.equals(row.proposal().tenant()))
                        .toList();
        List<Row> found = meant(all, row -> row.proposal().id(), id);
        boolean exact = found.stream().allMatch(row -> row.proposal().id().equals(id));
        if (found.isEmpty() || id.isEmpty()) {
            throw new CommandException(
                    ErrorCode.PROPOSAL_UNKNOWN, "there is no proposal %s.".formatted(id));
        }
        if (found.size() > 1) {
            throw new CommandException(
                    "%d proposals are meant by %s; give the whole id%s: %s"
                            .formatted(
                                    found.size(),
                                    id,
                                    exact ? " and --tenant" : "",
                                    found.stream()
                                            .limit(SHOWN)
                                            .map(
                                                    r ->
                                                            r.proposal().tenant()
                                                                    + " "
                                                                    + r.proposal().id())
                                            .collect(Collectors.joining(", "))));
        }
        return found.get(0);
    }

    /** The registry of mapping versions as it is now. */
    RegistryBook registry() {
        reader.read(
                Topics.mappings(prefix),
                each ->
                        registry.add(
                                RegistryMessage.read(
                                        each.key(),
                                        each.value(),
                                        each.partition(),
                                        each.offset())));
        return registry;
    }

    /** What the log says of a proposal, oldest first. */
    List<ProposalStatus> log(RepairProposal proposal) {
        return log.values().stream()
                .filter(each -> each.tenant().equals(proposal.tenant()))
                .filter(each -> each.proposalId().equals(proposal.id()))
                .sorted(Comparator.comparing(ProposalStatus::at))
                .toList();
    }

    /** What the log says of a review, or null. */
    ProposalStatus answer(String tenant, String review) {
        return log.values().stream()
                .filter(each -> each.tenant().equals(tenant) && review.equals(each.reviewId()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        reader.close();
    }
}
