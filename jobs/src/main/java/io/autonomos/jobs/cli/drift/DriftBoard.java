package io.autonomos.jobs.cli.drift;

import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.review.ReviewBoard;
import io.autonomos.schemas.messages.DriftEvent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The drift events, as their topic has them: of each the latest message. */
final class DriftBoard {

    private final Map<List<String>, DriftEvent> events = new LinkedHashMap<>();

    DriftBoard(BrokerOptions brokers) {
        String topic = Topics.drift(brokers.topicPrefix());
        try (TopicReader reader = brokers.reader()) {
            reader.read(
                    topic,
                    record -> {
                        DriftEvent each = TopicReader.message(DriftEvent.class, record);
                        if (each != null) {
                            events.merge(
                                    List.of(each.tenant(), each.id()),
                                    each,
                                    (a, b) -> b.at().isBefore(a.at()) ? a : b);
                        }
                    });
        }
    }

    /** All events of a tenant, or of all where it is null, oldest first. */
    List<DriftEvent> all(String tenant) {
        return events.values().stream()
                .filter(each -> tenant == null || tenant.equals(each.tenant()))
                .sorted(Comparator.comparing(DriftEvent::firstSeen))
                .toList();
    }

    /**
     * The one event that is meant.
     *
     * @param id its id, or the beginning of it
     */
    DriftEvent one(String id, String tenant) {
        List<DriftEvent> found = ReviewBoard.meant(all(tenant), DriftEvent::id, id);
        if (found.size() != 1 || id.isEmpty()) {
            if (found.isEmpty()) {
                throw new CommandException(
                        "there is no drift event %s%s; see `autonomos drift list`."
                                .formatted(id, tenant == null ? "" : " of " + tenant));
            }
            throw new CommandException(
                    "%d drift events are meant by %s; see `autonomos drift list`, and give the whole id%s."
                            .formatted(found.size(), id, tenant == null ? " or --tenant" : ""));
        }
        return found.get(0);
    }
}
