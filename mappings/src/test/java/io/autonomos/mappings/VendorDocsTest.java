package io.autonomos.mappings;

import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.Resources;
import io.autonomos.schemas.docs.GeneratedDocs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of each vendor is what its mapping files say. */
class VendorDocsTest {

    @Test
    void thePagesAreFresh() {
        Map<String, List<Mapping>> vendors = new TreeMap<>();
        for (Mapping mapping : MappingCatalog.shipped().mappings()) {
            vendors.computeIfAbsent(mapping.sources().get(0), s -> new ArrayList<>()).add(mapping);
        }
        StringBuilder index = new StringBuilder("# Systems whose mappings ship\n\n");
        index.append("| source | streams |\n|---|---|\n");
        vendors.forEach(
                (source, mappings) -> {
                    GeneratedDocs.check("docs/vendors/" + source + ".md", page(source, mappings));
                    index.append(
                            "| [%s](%s.md) | %s |%n".formatted(source, source, list(mappings)));
                });
        GeneratedDocs.check("docs/vendors/README.md", index.toString());
    }

    private static String list(List<Mapping> mappings) {
        return mappings.stream()
                .map(mapping -> "`" + mapping.streams().get(0) + "`")
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String page(String source, List<Mapping> mappings) {
        StringBuilder text = new StringBuilder("# " + source + "\n");
        for (Mapping mapping : mappings) {
            text.append("\n## ").append(mapping.streams().get(0)).append("\n\n");
            text.append(
                    "Makes `%s` (mapping `%s`). Other names of the stream: %s.%n%n"
                            .formatted(
                                    mapping.entity(),
                                    mapping.id(),
                                    names(mapping.streams().subList(1, mapping.streams().size()))));
            text.append(
                    "| canonical | source, the first that has a value | besides |\n|---|---|---|\n");
            for (FieldRule rule : mapping.fields()) {
                text.append(
                        "| `%s` | %s | %s |%n"
                                .formatted(rule.name(), cell(source(rule)), cell(besides(rule))));
            }
            if (!mapping.deleteWhen().isEmpty()) {
                text.append("\nA delete: ")
                        .append(
                                mapping.deleteWhen().entrySet().stream()
                                        .map(
                                                e ->
                                                        code(
                                                                e.getKey()
                                                                        + " = "
                                                                        + String.join(
                                                                                ", ",
                                                                                e.getValue())))
                                        .collect(Collectors.joining(", or ")))
                        .append(".\n");
            }
        }
        return text.append(note(source)).toString();
    }

    /** What is worth knowing beside the mappings: {@code vendor-notes/<source>.md}. */
    private static String note(String source) {
        return Resources.list(VendorDocsTest.class.getClassLoader(), "vendor-notes", ".md").stream()
                .filter(each -> each.name().equals(source + ".md"))
                .map(each -> "\n" + new String(each.bytes(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private static String names(List<String> names) {
        return names.isEmpty()
                ? "none"
                : names.stream().map(VendorDocsTest::code).collect(Collectors.joining(", "));
    }

    private static String source(FieldRule rule) {
        if (rule.expression() != null) {
            return code(rule.expression().text().strip().replaceAll("\\s+", " "));
        }
        if (rule.constant() != null) {
            return "always " + code(rule.constant());
        }
        return rule.from().stream()
                .map(SourcePath::toString)
                .map(VendorDocsTest::code)
                .collect(Collectors.joining(", "));
    }

    private static String besides(FieldRule rule) {
        List<String> notes = new ArrayList<>();
        if (rule.values() != null) {
            notes.add("values mapped");
        }
        if (rule.scale() != null) {
            notes.add("times " + rule.scale().toPlainString());
        }
        if (!rule.formats().isEmpty()) {
            notes.add(
                    "formats "
                            + rule.formats().stream()
                                    .map(VendorDocsTest::code)
                                    .collect(Collectors.joining(", ")));
        }
        if (rule.defaultValue() != null) {
            notes.add("default " + code(rule.defaultValue()));
        }
        if (rule.note() != null) {
            notes.add(rule.note());
        }
        return String.join("; ", notes);
    }

    private static String code(String text) {
        return text.contains("`") ? "`` " + text + " ``" : "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
