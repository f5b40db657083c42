package io.autonomos.mappings.infer;

import io.autonomos.mappings.expression.ExpressionText;
import io.autonomos.mappings.language.YamlText;
import io.autonomos.schemas.model.EntityField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The text of a drafted mapping file: what is sure enough, what is not, and what is left. */
public final class Draft {

    private static final double SURE = 0.55;
    private static final int MOST_EXAMPLES = 3;
    private static final int WIDTH = 40;

    private final Inference inference;
    private final String source;
    private final String stream;
    private final StringBuilder text = new StringBuilder();

    private Draft(Inference inference, String source, String stream) {
        this.inference = inference;
        this.source = source;
        this.stream = stream;
    }

    /** Writes the file. */
    public static String write(Inference inference, String source, String stream) {
        return new Draft(inference, source, stream).write();
    }

    private String write() {
        line(
                "# Drafted from %d records. Check it with: autonomos lint, test and preview."
                        .formatted(inference.sample().records().size()));
        line("mapping: " + YamlText.scalar(id(source) + "-" + id(stream)));
        line("source: " + YamlText.scalar(source));
        line("stream: " + YamlText.scalar(stream));
        line("entity: " + inference.entity());
        line("fields:");
        List<Proposal> unsure = new ArrayList<>();
        for (EntityField field : inference.schema().fields()) {
            Optional<Proposal> found =
                    inference.proposals().stream().filter(p -> p.field().equals(field)).findFirst();
            if (found.isPresent() && (found.get().confidence() >= SURE || field.required())) {
                line("  " + rule(found.get()));
            } else if (found.isPresent()) {
                unsure.add(found.get());
            } else if (field.required()) {
                line(
                        "  # "
                                + field.name()
                                + " is required, and nothing in the sample looks like it:");
                line("  " + field.name() + ": TO_BE_NAMED");
            }
        }
        if (!unsure.isEmpty()) {
            line("  # Not sure enough; uncomment what is right:");
            unsure.forEach(each -> line("  # " + rule(each)));
        }
        rest();
        return text.toString();
    }

    private void rest() {
        List<SampleField> rest = inference.rest();
        if (rest.isEmpty()) {
            return;
        }
        line("# These stay in extras, untouched:");
        for (SampleField field : rest) {
            List<String> examples =
                    field.values().stream().limit(MOST_EXAMPLES).map(Draft::shown).toList();
            line(
                    "#   %s: %s"
                            .formatted(
                                    clean(field.path().toString()), String.join(" | ", examples)));
        }
    }

    private static String rule(Proposal proposal) {
        Fit fit = proposal.fit();
        String name = proposal.field().name();
        String note =
                "  # %s: %s"
                        .formatted(
                                String.format(Locale.ROOT, "%.2f", proposal.confidence()),
                                clean(proposal.reason()));
        if (fit.expression() != null) {
            String code = fit.expression().formatted(ExpressionText.reference(proposal.path()));
            return "%s: {expr: '%s', %s}%s"
                    .formatted(name, code.replace("'", "''"), fit.keys(), note);
        }
        String path = YamlText.scalar(proposal.path().toString());
        return fit.keys().isEmpty()
                ? name + ": " + path + note
                : "%s: {from: %s, %s}%s".formatted(name, path, fit.keys(), note);
    }

    private static String shown(String value) {
        String text = clean(value);
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
    }

    /** On one line and without what YAML does not take. */
    private static String clean(String text) {
        return text.replaceAll("[^\\P{C}]|[\\u2028\\u2029\\uFFFE\\uFFFF]", " ").strip();
    }

    private static String id(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
