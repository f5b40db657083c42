package io.autonomos.jobs.cli;

import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.schemas.messages.DriftEvent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The drift events, as their topic has them: of each the latest message. */
final class DriftBoard {

    private final Map<List<String>, DriftEvent> events = new LinkedHashMap<>();

    DriftBoard(BrokerOptions brokers) {
        String topic = Topics.drift(brokers.topicPrefix());
        try (TopicReader reader = brokers.reader()) {
            reader.read(
                    Pattern.compile(Pattern.quote(topic)),
                    record -> {
                        DriftEvent each = ReviewBoard.read(DriftEvent.class, record);
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
        List<DriftEvent> meant =
                all(tenant).stream().filter(each -> each.id().startsWith(id)).toList();
        List<DriftEvent> exact = meant.stream().filter(each -> each.id().equals(id)).toList();
        List<DriftEvent> found = exact.isEmpty() ? meant : exact;
        if (found.size() != 1 || id.isEmpty()) {
            throw new CommandException(
                    "%d drift events are meant by %s; see `autonomos drift list`, and give the whole id%s."
                            .formatted(found.size(), id, tenant == null ? " or --tenant" : ""));
        }
        return found.get(0);
    }
}
