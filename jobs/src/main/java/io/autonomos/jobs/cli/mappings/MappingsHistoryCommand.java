package io.autonomos.jobs.cli.mappings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.Registry;
import io.autonomos.jobs.cli.common.StreamChoice;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows who changed a stream's mapping, when and why, and what the job made of it. */
@Command(
        name = "history",
        description = "Show all versions of a stream's mapping, oldest first, with their verdicts.")
final class MappingsHistoryCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;
    @Mixin private StreamChoice choice;

    @Option(names = "--json", description = "Print one JSON object per message.")
    private boolean json;

    @Override
    public Integer call() {
        Registry registry = new Registry(brokers);
        StreamKey key = choice.one(registry.book(), registry.ledger());
        RegistryMessage inEffect = registry.book().accepted(key);
        PrintWriter out = spec.commandLine().getOut();
        List<RegistryBook.Entry> history = registry.book().history(key);
        for (RegistryBook.Entry entry : json ? history : distinct(history, inEffect)) {
            boolean current = isSame(entry, inEffect);
            if (json) {
                out.println(object(entry, current));
            } else {
                print(entry, current, out);
            }
        }
        if (!json && history.isEmpty()) {
            out.println(key.path() + " has no version of its own.");
        }
        out.flush();
        return 0;
    }

    /** The job writes a repair's version more than once, to be sure of it; people see it once. */
    private static Collection<RegistryBook.Entry> distinct(
            List<RegistryBook.Entry> history, RegistryMessage inEffect) {
        Map<Object, RegistryBook.Entry> lines = new LinkedHashMap<>();
        for (RegistryBook.Entry entry : history) {
            RegistryMessage message = entry.message();
            Object line =
                    entry.isAccepted()
                            ? List.of(message.versionNumber(), message.version().content())
                            : message.position();
            lines.merge(line, entry, (known, next) -> isSame(next, inEffect) ? next : known);
        }
        return lines.values();
    }

    private static boolean isSame(RegistryBook.Entry entry, RegistryMessage inEffect) {
        return inEffect != null && entry.message().position() == inEffect.position();
    }

    private static void print(RegistryBook.Entry entry, boolean current, PrintWriter out) {
        RegistryMessage message = entry.message();
        String state = current ? "in effect" : outcome(entry);
        if (message.fault() == null) {
            MappingVersion version = message.version();
            String why = version.reason() == null ? "" : ": " + version.reason();
            out.println(
                    "version %d, %s by %s at %s, %s%s"
                            .formatted(
                                    version.version(),
                                    version.origin(),
                                    version.by(),
                                    version.at().truncatedTo(ChronoUnit.MILLIS),
                                    state,
                                    why));
        } else {
            out.println("message at offset %d, %s".formatted(message.position(), state));
        }
        if (entry.verdict() != null) {
            for (MappingVerdict.Problem problem : entry.verdict().problems()) {
                out.println("  " + problem.text());
            }
        }
    }

    private static String outcome(RegistryBook.Entry entry) {
        return entry.isOpen() ? "open" : entry.verdict().outcome();
    }

    private static ObjectNode object(RegistryBook.Entry entry, boolean current) {
        RegistryMessage message = entry.message();
        ObjectNode object = JSON.createObjectNode();
        object.put("version", message.versionNumber());
        object.put("offset", message.position());
        if (message.fault() == null) {
            MappingVersion version = message.version();
            object.put("origin", version.origin());
            object.put("by", version.by());
            object.put("at", version.at().toString());
            object.put("reason", version.reason());
            object.put("digest", version.digest());
        }
        object.put("outcome", outcome(entry));
        object.put("in_effect", current);
        if (entry.verdict() != null) {
            object.set("problems", problems(entry.verdict()));
        }
        return object;
    }

    static ArrayNode problems(MappingVerdict verdict) {
        return JSON.valueToTree(verdict.problems());
    }
}
