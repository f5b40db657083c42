package io.autonomos.mappings.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One test of a mapping file: a record, and what must become of it.
 *
 * @param input the record's bytes as text
 * @param op the operation its address states, or null
 * @param id the record id its address states, or null
 * @param outputs the expected events in order; null where none are expected
 * @param error the expected fault; null where none is expected
 * @param filtered whether the record must be left out
 */
public record TestCase(
        String name,
        Place place,
        String input,
        String op,
        String id,
        List<Output> outputs,
        Failure error,
        boolean filtered) {

    /**
     * One expected event. What is null is not looked at.
     *
     * @param data all canonical fields that must have a value, and no others
     * @param changes the change notes, each {@code field kind} or {@code field kind code}
     */
    public record Output(
            Place place,
            boolean delete,
            JsonNode data,
            JsonNode extras,
            List<String> changes,
            String recordId,
            String eventTime) {}

    /**
     * An expected fault.
     *
     * @param field the canonical field it names; null where that is not looked at
     */
    public record Failure(String code, String field) {}
}
