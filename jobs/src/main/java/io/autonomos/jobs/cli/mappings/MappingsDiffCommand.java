package io.autonomos.jobs.cli.mappings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.Registry;
import io.autonomos.jobs.cli.common.StreamChoice;
import io.autonomos.mappings.registry.MappingDiff;
import io.autonomos.schemas.StreamKey;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what two versions do differently. */
@Command(
        name = "diff",
        description = {
            "Show what two versions of a stream's mapping do differently, field by field.",
            "Comments, order and layout do not count."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:they do the same", "1:failed", "2:they differ"})
final class MappingsDiffCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;
    @Mixin private StreamChoice choice;

    @Option(
            names = "--from",
            paramLabel = "N|shipped",
            description = "Default: the version before the other, or else the shipped mapping.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "N|shipped",
            description = "Default: the version in effect.")
    private String to;

    @Option(names = "--json", description = "Print one JSON object per difference.")
    private boolean json;

    @Override
    public Integer call() {
        Registry registry = new Registry(brokers);
        StreamKey key = choice.one(registry.book(), registry.ledger());
        Registry.Version after = registry.version(key, to);
        Registry.Version before =
                registry.version(key, from == null ? previous(registry, key, after) : from);
        List<MappingDiff.Change> changes =
                MappingDiff.of(before.compile(key).mapping(), after.compile(key).mapping());
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.println("%s: %s -> %s".formatted(key.path(), before.name(), after.name()));
        }
        changes.forEach(change -> out.println(json ? object(change) : line(change)));
        if (!json && changes.isEmpty()) {
            out.println("  no difference");
        }
        out.flush();
        return changes.isEmpty() ? 0 : 2;
    }

    /** The last accepted version below the other one. */
    private static String previous(Registry registry, StreamKey key, Registry.Version after) {
        int below =
                after.name().equals(Registry.SHIPPED)
                        ? Integer.MAX_VALUE
                        : Integer.parseInt(after.name());
        return registry.book().history(key).stream()
                .filter(each -> each.isAccepted() && each.message().versionNumber() < below)
                .mapToInt(each -> each.message().versionNumber())
                .boxed()
                .max(Integer::compare)
                .map(Object::toString)
                .orElse(Registry.SHIPPED);
    }

    private static String line(MappingDiff.Change change) {
        String field = change.field() == null ? "(mapping)" : change.field();
        if (change.key() == null) {
            return change.before() == null
                    ? "+ %s: %s".formatted(field, change.after())
                    : "- %s: %s".formatted(field, change.before());
        }
        return "~ %s %s: %s -> %s"
                .formatted(
                        field,
                        change.key(),
                        change.before() == null ? "none" : change.before(),
                        change.after() == null ? "none" : change.after());
    }

    private static ObjectNode object(MappingDiff.Change change) {
        ObjectNode object = JSON.createObjectNode();
        object.put("field", change.field());
        object.put("key", change.key());
        object.put("before", change.before());
        object.put("after", change.after());
        return object;
    }
}
