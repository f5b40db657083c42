package io.autonomos.mappings.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Holds a mapping's paths against records: a mapping whose paths none has is for others. */
public final class SampleLint {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SampleLint() {}

    /** What the sample shows to be wrong in a mapping that compiles. */
    public static List<Problem> warnings(Mapping mapping, List<byte[]> records) {
        List<JsonNode> sample = new ArrayList<>();
        for (byte[] record : records) {
            elements(read(record), mapping.each(), 0, sample);
        }
        List<Problem> problems = new ArrayList<>();
        List<FieldRule> read = mapping.fields().stream().filter(r -> !r.from().isEmpty()).toList();
        List<FieldRule> unseen = read.stream().filter(rule -> !isSeen(rule, sample)).toList();
        if (!read.isEmpty() && unseen.size() == read.size()) {
            problems.add(
                    new Problem(
                            ErrorCode.LINT_NOT_IN_SAMPLE,
                            mapping.place(),
                            "no record of the sample has any of the mapping's fields.",
                            "Is it the mapping of another stream, or are the names still to be"
                                    + " mapped?"));
            return problems;
        }
        for (FieldRule rule : unseen) {
            problems.add(
                    new Problem(
                            ErrorCode.LINT_NOT_IN_SAMPLE,
                            rule.place(),
                            "no record of the sample has a value for %s.".formatted(rule.name()),
                            ErrorCode.LINT_NOT_IN_SAMPLE.remedy()));
        }
        return problems;
    }

    private static boolean isSeen(FieldRule rule, List<JsonNode> sample) {
        return rule.from().stream()
                .anyMatch(path -> sample.stream().anyMatch(record -> hasValue(record, path)));
    }

    private static void elements(
            JsonNode node, List<SourcePath> each, int level, List<JsonNode> into) {
        if (level == each.size()) {
            into.add(node);
            return;
        }
        for (JsonNode element : at(node, each.get(level))) {
            elements(element, each, level + 1, into);
        }
    }

    private static boolean hasValue(JsonNode record, SourcePath path) {
        JsonNode value = at(record, path);
        return !value.isMissingNode()
                && !value.isNull()
                && !(value.isTextual() && value.textValue().isEmpty());
    }

    /** What stands at a path; a missing node where nothing does. */
    public static JsonNode at(JsonNode record, SourcePath path) {
        JsonNode at = record;
        for (SourcePath.Step step : path.steps()) {
            at = step.name() == null ? at.path(step.index()) : at.path(step.name());
        }
        return at;
    }

    private static JsonNode read(byte[] record) {
        try {
            return JSON.readTree(record);
        } catch (IOException e) {
            return JSON.missingNode(); // canonicalize tells what is wrong with records
        }
    }
}
