package io.autonomos.jobs.cli.mappings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.Registry;
import io.autonomos.jobs.cli.common.StreamChoice;
import io.autonomos.schemas.StreamKey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a mapping as it was published. */
@Command(
        name = "show",
        description = "Print one version of a stream's mapping; the output is a mapping file.")
final class MappingsShowCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;
    @Mixin private StreamChoice choice;

    @Option(
            names = "--of",
            paramLabel = "N|shipped",
            description = "The version; default: the one in effect.")
    private String version;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Registry registry = new Registry(brokers);
        StreamKey key = choice.one(registry.book(), registry.ledger());
        Registry.Version found = registry.version(key, version);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode object = new ObjectMapper().createObjectNode();
            object.put("tenant", key.tenant());
            object.put("connection", key.connection());
            object.put("stream", key.stream());
            object.put("version", found.name());
            object.put("source", found.source());
            object.put("content", found.content());
            out.println(object);
        } else {
            out.print(found.content());
        }
        out.flush();
        return 0;
    }
}
