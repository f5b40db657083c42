package io.autonomos.mappings.language;

import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.Parser;

/** Events of YAML; refuses what nobody needs here and what a reader could be led astray by. */
final class PlainEvents implements Parser {

    private static final int MAX_DEPTH = 16;
    private static final Set<String> PLAIN_TAGS =
            Set.of(
                    "!",
                    "tag:yaml.org,2002:str",
                    "tag:yaml.org,2002:int",
                    "tag:yaml.org,2002:float",
                    "tag:yaml.org,2002:bool",
                    "tag:yaml.org,2002:null",
                    "tag:yaml.org,2002:map",
                    "tag:yaml.org,2002:seq");

    private final Parser events;
    private int depth;

    /** What a file holds that it must not. */
    static final class NotPlainException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Optional<Mark> mark;
        private final String hint;

        NotPlainException(Event event, String message, String hint) {
            super(message, null, false, false);
            this.mark = event.getStartMark();
            this.hint = hint;
        }

        Optional<Mark> mark() {
            return mark;
        }

        String hint() {
            return hint;
        }
    }

    PlainEvents(Parser events) {
        this.events = events;
    }

    private static Optional<String> tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return events.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return events.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return events.hasNext();
    }

    @Override
    public Event next() {
        Event event = events.next();
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw new NotPlainException(
                    event, "anchors and aliases are not allowed.", "Write the value out.");
        }
        tag(event)
                .filter(tag -> !PLAIN_TAGS.contains(tag))
                .ifPresent(
                        tag -> {
                            throw new NotPlainException(
                                    event,
                                    "tags such as !include are not allowed.",
                                    "Write the value itself; a text that begins with ! stands in"
                                            + " quotes.");
                        });
        if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
            throw new NotPlainException(
                    event, "nested too deep.", "No key needs more than three levels.");
        }
        if (event instanceof CollectionEndEvent) {
            depth--;
        }
        return event;
    }
}
