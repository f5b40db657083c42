package io.autonomos.jobs.cli;

import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RepairProposal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The proposals and the review log, as their topics have them. */
final class ReviewBoard implements AutoCloseable {

    private static final int SHOWN = 10;

    private final TopicReader reader;
    private final String prefix;
    private final Map<List<String>, RepairProposal> proposals = new LinkedHashMap<>();
    private final Map<String, ProposalStatus> log = new LinkedHashMap<>();

    ReviewBoard(BrokerOptions brokers) {
        reader = brokers.reader();
        prefix = brokers.topicPrefix();
        refresh();
    }

    /** Reads what is new. */
    void refresh() {
        reader.read(
                exactly(Topics.proposals(prefix)),
                record -> {
                    RepairProposal each = read(RepairProposal.class, record);
                    if (each != null) {
                        proposals.putIfAbsent(List.of(each.tenant(), each.id()), each);
                    }
                });
        reader.read(
                exactly(Topics.reviewLog(prefix)),
                record -> {
                    ProposalStatus each = read(ProposalStatus.class, record);
                    if (each != null) {
                        log.putIfAbsent(each.id(), each);
                    }
                });
    }

    private static Pattern exactly(String topic) {
        return Pattern.compile(Pattern.quote(topic));
    }

    /** The message, or null where the topic holds something else. */
    static <T> T read(Class<T> type, ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? null : MessageJson.read(type, record.value());
        } catch (MessageException e) {
            return null;
        }
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

    /**
     * The one proposal that is meant.
     *
     * @param id its id, or the beginning of it
     * @param tenant whose, or null where the id is enough
     */
    Row one(String id, String tenant) {
        List<Row> meant =
                rows().stream()
                        .filter(row -> tenant == null || tenant.equals(row.proposal().tenant()))
                        .filter(row -> row.proposal().id().startsWith(id))
                        .toList();
        List<Row> exact = meant.stream().filter(row -> row.proposal().id().equals(id)).toList();
        List<Row> found = exact.isEmpty() ? meant : exact;
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
                                    exact.isEmpty() ? "" : " and --tenant",
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
