package io.autonomos.jobs.cli.common;

import io.autonomos.jobs.LedgerBook;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that say which streams are meant; what is left out may be anything. */
public final class StreamChoice {

    private static final int SHOWN = 10;

    @Option(names = "--tenant", description = "Only this tenant's.")
    private String tenant;

    @Option(names = "--connection", description = "Only this connection's.")
    private String connection;

    @Option(names = "--stream", description = "Only this stream, such as Account.")
    private String stream;

    public boolean includes(StreamKey key) {
        return matches(tenant, key.tenant())
                && matches(connection, key.connection())
                && matches(stream, key.stream());
    }

    /** The one stream that is meant, of those that the registry and the ledger know. */
    public StreamKey one(RegistryBook registry, LedgerBook ledger) {
        Set<StreamKey> meant = new TreeSet<>();
        registry.streams().stream().filter(this::includes).forEach(meant::add);
        ledger.accounts().stream().map(LedgerEntry::key).filter(this::includes).forEach(meant::add);
        meant.remove(StreamKey.UNADDRESSED);
        if (meant.size() == 1) {
            return meant.iterator().next();
        }
        if (meant.isEmpty() && tenant != null && connection != null && stream != null) {
            return new StreamKey(tenant, connection, stream);
        }
        String names =
                meant.stream().limit(SHOWN).map(StreamKey::path).collect(Collectors.joining(", "));
        throw new CommandException(
                ErrorCode.MAPPING_ABSENT,
                meant.isEmpty()
                        ? "no such stream is known; give --tenant, --connection and --stream."
                        : "%d streams are meant: %s%s; give --tenant, --connection and --stream."
                                .formatted(
                                        meant.size(), names, meant.size() > SHOWN ? ", ..." : ""));
    }

    private static boolean matches(String wanted, String given) {
        return wanted == null || wanted.equals(given);
    }
}
