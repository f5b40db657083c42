package io.autonomos.jobs.cli.common;

import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RegistryClient;
import io.autonomos.jobs.TopicReader;
import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.nio.charset.StandardCharsets;

/** The registry and the ledger as they are when a command begins. */
public final class Registry {

    /** How a shipped mapping is called where a number is expected. */
    public static final String SHIPPED = "shipped";

    private final RegistryClient client;
    private final RegistryBook book;
    private final LedgerBook ledger = new LedgerBook();

    public Registry(BrokerOptions brokers) {
        client =
                new RegistryClient(
                        brokers.bootstrapServers(), brokers.properties(), brokers.topicPrefix());
        book = client.read();
        try (TopicReader reader = brokers.reader()) {
            ledger.refresh(reader, brokers.topicPrefix());
        }
    }

    public RegistryClient client() {
        return client;
    }

    public RegistryBook book() {
        return book;
    }

    public LedgerBook ledger() {
        return ledger;
    }

    /** The source of the records of a stream, or null before the first one. */
    public String source(StreamKey key) {
        return ledger.accounts().stream()
                .filter(each -> each.key().equals(key) && !each.source().isEmpty())
                .map(LedgerEntry::source)
                .findFirst()
                .orElse(null);
    }

    /** The shipped mapping of a stream's records, or null. */
    public static Plan shipped(StreamKey key, String source) {
        return source == null ? null : MappingCatalog.shipped().resolve(source, key.stream());
    }

    /**
     * The content of one of a stream's versions, compiled.
     *
     * @param name a number, {@link #SHIPPED}, or null for what is in effect
     */
    public Version version(StreamKey key, String name) {
        RegistryMessage accepted = book.accepted(key);
        if (name == null && accepted != null) {
            return Version.of(accepted.version());
        }
        if (name == null || name.equals(SHIPPED)) {
            return shippedVersion(key, accepted);
        }
        if (!name.matches("[1-9][0-9]{0,8}")) {
            throw new CommandException(
                    "A version is a number or %s, but was %s.".formatted(SHIPPED, name));
        }
        int number = Integer.parseInt(name);
        // Of two contents with one number the accepted one is meant.
        return book.history(key).stream()
                .filter(each -> each.message().fault() == null)
                .filter(each -> each.message().versionNumber() == number)
                .max((a, b) -> Boolean.compare(a.isAccepted(), b.isAccepted()))
                .map(each -> Version.of(each.message().version()))
                .orElseThrow(
                        () ->
                                new CommandException(
                                        ErrorCode.MAPPING_ABSENT,
                                        "%s has no version %d.".formatted(key.path(), number)));
    }

    private Version shippedVersion(StreamKey key, RegistryMessage accepted) {
        String source = accepted == null ? source(key) : accepted.version().source();
        Plan plan = shipped(key, source);
        String content = plan == null ? null : MappingCatalog.shipped().content(plan.mapping());
        if (content == null) {
            throw new CommandException(
                    ErrorCode.MAPPING_ABSENT,
                    "%s has no version, and no mapping ships for it.".formatted(key.path()));
        }
        return new Version(SHIPPED, source, content);
    }

    /**
     * A version or a shipped mapping.
     *
     * @param name its number or {@link #SHIPPED}
     */
    public record Version(String name, String source, String content) {

        public static Version of(MappingVersion version) {
            return new Version(
                    Integer.toString(version.version()), version.source(), version.content());
        }

        public CompiledMapping compile(StreamKey key) {
            return MappingCatalog.compile(
                    "%s version %s".formatted(key.path(), name),
                    content.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The number of the next version: above all others, and above that of the shipped mapping. */
    public static int numberAfter(RegistryBook book, StreamKey key, Plan shipped) {
        return Math.max(book.lastNumber(key), shipped == null ? 0 : shipped.version()) + 1;
    }
}
