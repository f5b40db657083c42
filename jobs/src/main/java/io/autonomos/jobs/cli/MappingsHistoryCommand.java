package io.autonomos.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.io.PrintWriter;
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
        for (RegistryBook.Entry entry : registry.book().history(key)) {
            boolean current = inEffect != null && entry.message().position() == inEffect.position();
            if (json) {
                out.println(object(entry, current));
            } else {
                print(entry, current, out);
            }
        }
        if (!json && registry.book().history(key).isEmpty()) {
            out.println(key.path() + " has no version of its own.");
        }
        out.flush();
        return 0;
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
                                    version.at(),
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
