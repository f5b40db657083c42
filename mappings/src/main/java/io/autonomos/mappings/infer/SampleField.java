package io.autonomos.mappings.infer;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.mappings.scan.SourcePath;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** What sample records hold at one path. */
final class SampleField {

    private static final int MOST_VALUES = 200;
    private static final int LARGEST_SCALE = 400;

    private final SourcePath path;
    private final Set<String> values = new LinkedHashSet<>();
    private int present;
    private boolean nested;
    private boolean allBooleans = true;

    SampleField(SourcePath path) {
        this.path = path;
    }

    void add(JsonNode value) {
        if (value.isNull() || (value.isTextual() && value.textValue().isBlank())) {
            return;
        }
        present++;
        nested |= value.isContainerNode();
        allBooleans &= value.isBoolean();
        if (values.size() < MOST_VALUES && !value.isContainerNode()) {
            values.add(value.isNumber() ? number(value.decimalValue()) : value.asText());
        }
    }

    /** Without an exponent, unless that took more digits than any store keeps. */
    private static String number(BigDecimal number) {
        return Math.abs((long) number.scale()) > LARGEST_SCALE
                ? number.toString()
                : number.toPlainString();
    }

    SourcePath path() {
        return path;
    }

    /** The last name of the path. */
    String name() {
        String name = "";
        for (SourcePath.Step step : path.steps()) {
            name = step.name() == null ? name : step.name();
        }
        return name;
    }

    /** How many records have a value. */
    int present() {
        return present;
    }

    /** Whether some record has the value of another, as far as values are kept. */
    boolean repeats() {
        return present <= MOST_VALUES && values.size() < present;
    }

    boolean isNested() {
        return nested;
    }

    boolean isBoolean() {
        return present > 0 && allBooleans;
    }

    Set<String> values() {
        return values;
    }

    /** The share of the distinct values that a test holds for; 0 where there are none. */
    double share(Predicate<String> test) {
        return values.isEmpty() ? 0 : (double) values.stream().filter(test).count() / values.size();
    }
}
