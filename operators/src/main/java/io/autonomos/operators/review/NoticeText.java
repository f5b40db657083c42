package io.autonomos.operators.review;

import io.autonomos.schemas.messages.Notice;
import io.autonomos.schemas.messages.RepairProposal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What people are told, in the form of Slack's messages. Holds names and counts, no values. */
final class NoticeText {

    private static final int MOST_NAME = 80;
    private static final int MOST_CHANGES = 5;

    private NoticeText() {}

    /** A proposal waits for a person. */
    static Notice queued(RepairProposal proposal) {
        return notice(
                proposal,
                "proposal",
                """
                A mapping repair of %s waits for a decision until %s.
                %s
                Confidence %s, %d records parked. See: autonomos review show %s"""
                        .formatted(
                                stream(proposal),
                                proposal.expiresAt(),
                                changes(proposal.changes()),
                                share(proposal.confidence()),
                                proposal.parked(),
                                name(proposal.id())));
    }

    /** Nobody decided in time. */
    static Notice escalated(RepairProposal proposal) {
        return notice(
                proposal,
                "escalation",
                """
                Nobody decided on the mapping repair %s of %s, and it has expired.
                %d records were parked when it was made; they stay parked until a version of the mapping \
                mends them or they grow too old. Publish one: autonomos mappings publish"""
                        .formatted(name(proposal.id()), stream(proposal), proposal.parked()));
    }

    private static Notice notice(RepairProposal proposal, String kind, String text) {
        String id = proposal.id() + "/" + kind;
        return new Notice(proposal.tenant(), id, "%s%n(message %s)".formatted(text, name(id)));
    }

    private static String changes(List<RepairProposal.Change> changes) {
        String lines =
                changes.stream()
                        .limit(MOST_CHANGES)
                        .map(
                                each ->
                                        "- %s: %s -> %s (%s)"
                                                .formatted(
                                                        name(each.field()),
                                                        names(each.before()),
                                                        names(each.after()),
                                                        share(each.confidence())))
                        .collect(Collectors.joining("\n"));
        int more = changes.size() - MOST_CHANGES;
        return more > 0 ? lines + "\n- and %d more".formatted(more) : lines;
    }

    private static String stream(RepairProposal proposal) {
        return "%s/%s/%s"
                .formatted(
                        name(proposal.tenant()),
                        name(proposal.connection()),
                        name(proposal.stream()));
    }

    private static String share(double confidence) {
        return String.format(Locale.ROOT, "%.3f", confidence);
    }

    private static String names(List<String> paths) {
        return paths.isEmpty()
                ? "nothing"
                : paths.stream()
                        .limit(MOST_CHANGES)
                        .map(NoticeText::name)
                        .collect(Collectors.joining(", "));
    }

    /** A name from outside, so that it can neither mention people nor be a link or a line. */
    private static String name(String name) {
        String line = name.replaceAll("[\\p{Cntrl}\\p{Cs}`]", " ");
        line = line.length() > MOST_NAME ? line.substring(0, MOST_NAME) + "..." : line;
        return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
