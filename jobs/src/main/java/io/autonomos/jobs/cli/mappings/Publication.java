package io.autonomos.jobs.cli.mappings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.RegistryClient;
import io.autonomos.jobs.cli.common.Patience;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.MappingVersion;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the commands that publish a version, and how they do it. */
public final class Publication {

    /** Exit code where no job has answered. */
    static final int OPEN = 2;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who publishes it (default: the system's user).")
    private String by = System.getProperty("user.name", "unknown");

    @Option(names = "--note", paramLabel = "TEXT", description = "Why.")
    private String note;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = Patience.class,
            description =
                    "How long to wait for the job's verdict (default: ${DEFAULT-VALUE}); 0 does not"
                            + " wait.")
    private Duration timeout;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    boolean json() {
        return json;
    }

    String by() {
        return by.isBlank() ? "unknown" : by;
    }

    /** The note, or what stands for it. */
    String note(String otherwise) {
        return note == null ? otherwise : note;
    }

    /** Publishes, waits for the verdict and says what it is; returns the exit code. */
    int publish(RegistryClient client, MappingVersion version, PrintWriter out, PrintWriter err) {
        long offset = client.publish(version);
        Optional<MappingVerdict> verdict =
                timeout.isZero() ? Optional.empty() : client.await(offset, timeout);
        String what = "%s version %d".formatted(version.key().path(), version.version());
        if (json) {
            out.println(object(version, verdict));
        } else if (verdict.isEmpty()) {
            out.println(
                    "%s is published. No job has answered%s; it takes effect when one runs."
                            .formatted(
                                    what,
                                    timeout.isZero()
                                            ? " yet"
                                            : " within " + timeout.toSeconds() + " s"));
        } else if (verdict.get().accepts()) {
            out.println(what + " is in effect.");
        } else {
            err.println(what + " is refused:");
            verdict.get().problems().forEach(each -> err.println("  " + each.text()));
        }
        out.flush();
        err.flush();
        if (verdict.isEmpty()) {
            return timeout.isZero() ? 0 : OPEN;
        }
        return verdict.get().accepts() ? 0 : 1;
    }

    private static ObjectNode object(MappingVersion version, Optional<MappingVerdict> verdict) {
        ObjectNode object = new ObjectMapper().createObjectNode();
        object.put("tenant", version.tenant());
        object.put("connection", version.connection());
        object.put("stream", version.stream());
        object.put("version", version.version());
        object.put("outcome", verdict.map(MappingVerdict::outcome).orElse("open"));
        verdict.ifPresent(v -> object.set("problems", MappingsHistoryCommand.problems(v)));
        return object;
    }
}
