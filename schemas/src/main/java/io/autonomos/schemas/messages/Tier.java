package io.autonomos.schemas.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a confidence allows, from the most to the least; its text is its name in messages. */
public enum Tier {
    /** It is taken unasked. */
    APPLY("apply"),
    /** A person is asked. */
    REVIEW("review"),
    /** It is not taken. */
    REJECT("reject");

    private final String text;

    Tier(String text) {
        this.text = text;
    }

    /** This, unless the other one allows less. */
    public Tier atMost(Tier other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Its name in messages. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }

    @JsonCreator
    static Tier of(String text) {
        return Arrays.stream(values())
                .filter(tier -> tier.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new Check.Failure("tier", "must be one of " + all()));
    }

    private static String all() {
        return Arrays.stream(values()).map(Tier::toString).collect(Collectors.joining(", "));
    }
}
