package io.autonomos.jobs.cli.review;

import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.MergeCandidate;
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
public final class ReviewBoard implements AutoCloseable {

    private static final int SHOWN = 10;

    private final TopicReader reader;
    private final String prefix;
    private final Map<List<String>, RepairProposal> proposals = new LinkedHashMap<>();
    private final Map<List<String>, MergeCandidate> merges = new LinkedHashMap<>();
    private final Map<String, ProposalStatus> log = new LinkedHashMap<>();
    private final RegistryBook registry = new RegistryBook();

    public ReviewBoard(BrokerOptions brokers) {
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
                        return;
                    }
                    MergeCandidate merge = TopicReader.message(MergeCandidate.class, record);
                    if (merge != null) {
                        merges.put(List.of(merge.tenant(), merge.id()), merge);
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
    public record Row(RepairProposal proposal, ProposalStatus last) {

        /** Without a line in the log a job has yet to see it. */
        String status() {
            return last == null ? ProposalStatus.PENDING : last.status();
        }

        boolean isPending() {
            return status().equals(ProposalStatus.PENDING);
        }

        /** The proposal in a line. */
        public String headline() {
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
    public List<Row> rows() {
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

    /** A merge candidate and its status. */
    record Merge(MergeCandidate candidate, ProposalStatus last) {

        String status() {
            return last == null ? ProposalStatus.PENDING : last.status();
        }

        /** Who decided, or nothing. */
        String by() {
            return last == null || last.by().equals(ProposalStatus.JOB) ? "" : last.by();
        }
    }

    /** All merge candidates, oldest first. */
    List<Merge> merges() {
        Map<List<String>, ProposalStatus> last = new LinkedHashMap<>();
        for (ProposalStatus each : log.values()) {
            if (!each.refuses()) {
                last.put(List.of(each.tenant(), each.proposalId()), each);
            }
        }
        List<Merge> rows = new ArrayList<>();
        merges.forEach((key, candidate) -> rows.add(new Merge(candidate, last.get(key))));
        rows.sort(Comparator.comparing(row -> row.candidate().at()));
        return rows;
    }

    /** The one merge candidate that is meant, as {@link #one}. */
    Merge oneMerge(String id, String tenant) {
        List<Merge> all =
                merges().stream()
                        .filter(row -> tenant == null || tenant.equals(row.candidate().tenant()))
                        .toList();
        return single(id, all, row -> row.candidate().id(), row -> row.candidate().tenant());
    }

    /** Those with an id, or else those whose id begins with it. */
    public static <T> List<T> meant(List<T> all, Function<T, String> idOf, String id) {
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
        return single(id, all, row -> row.proposal().id(), row -> row.proposal().tenant());
    }

    private static <T> T single(
            String id, List<T> all, Function<T, String> idOf, Function<T, String> tenantOf) {
        List<T> found = meant(all, idOf, id);
        boolean exact = found.stream().allMatch(row -> idOf.apply(row).equals(id));
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
                                            .map(r -> tenantOf.apply(r) + " " + idOf.apply(r))
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
    List<ProposalStatus> log(String tenant, String proposal) {
        return log.values().stream()
                .filter(each -> each.tenant().equals(tenant))
                .filter(each -> each.proposalId().equals(proposal))
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
