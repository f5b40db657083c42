package io.autonomos.mappings.registry;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.language.Place;
import io.autonomos.mappings.language.Problem;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Decides whether a version may take effect. The decision rests on the version and the one before
 * it alone, so a job that reads the same message again decides the same.
 */
public final class VersionGate {

    private static final int MOST_PROBLEMS = 20;

    private VersionGate() {}

    /**
     * What becomes of a message.
     *
     * @param version the version, or null where the message holds none
     * @param compiled the mapping of an accepted version that is not in effect yet, else null
     * @param problems why it is refused; none where it is accepted
     */
    public record Decision(
            RegistryMessage message,
            MappingVersion version,
            CompiledMapping compiled,
            List<MappingVerdict.Problem> problems) {

        /** Whether a version that is not in effect yet must take effect. */
        public boolean takesEffect() {
            return compiled != null;
        }

        /** The answer to the message's writer. */
        public MappingVerdict verdict(Instant at) {
            StreamKey key = message.key();
            return new MappingVerdict(
                    key.tenant(),
                    key.connection(),
                    key.stream(),
                    message.versionNumber(),
                    message.partition(),
                    message.position(),
                    problems.isEmpty() ? MappingVerdict.ACCEPTED : MappingVerdict.REFUSED,
                    compiled == null ? null : compiled.plan().mapping(),
                    compiled == null ? null : compiled.plan().entity().name(),
                    problems,
                    at);
        }
    }

    /**
     * Decides about one message.
     *
     * @param inEffect the stream's latest accepted version, or null
     */
    public static Decision decide(RegistryMessage message, MappingVersion inEffect) {
        if (message.fault() != null) {
            Fault fault = message.fault();
            return refused(
                    message,
                    null,
                    new MappingVerdict.Problem(fault.code(), 0, 0, fault.message(), null));
        }
        MappingVersion version = message.version();
        if (inEffect != null && version.version() <= inEffect.version()) {
            return isRepeated(version, inEffect)
                    ? new Decision(message, version, null, List.of())
                    : refused(message, version, outOfOrder(version, inEffect));
        }
        try {
            CompiledMapping compiled = compile(version);
            if (!compiled.isFor(version.source())) {
                return refused(message, version, otherSource(version, compiled));
            }
            return new Decision(message, version, compiled, List.of());
        } catch (MappingException e) {
            return new Decision(message, version, null, problems(e));
        }
    }

    /**
     * Compiles a version's content.
     *
     * @throws MappingException with every problem found, whatever the content is
     */
    public static CompiledMapping compile(MappingVersion version) {
        String name = version.key().path() + " version " + version.version();
        byte[] yaml = version.content().getBytes(StandardCharsets.UTF_8);
        try {
            return MappingCatalog.compile(name, yaml);
        } catch (MappingException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new MappingException(
                    List.of(
                            new Problem(
                                    ErrorCode.MAPPING_SYNTAX,
                                    new Place(name, 1, 1),
                                    "the content cannot be compiled (%s)."
                                            .formatted(e.getClass().getSimpleName()),
                                    "Report it with the content.")));
        }
    }

    /** The problems as a verdict lists them. */
    public static List<MappingVerdict.Problem> problems(MappingException e) {
        return e.problems().stream()
                .limit(MOST_PROBLEMS)
                .map(
                        each ->
                                new MappingVerdict.Problem(
                                        each.code().code(),
                                        each.place().line(),
                                        each.place().column(),
                                        each.message(),
                                        each.hint()))
                .toList();
    }

    private static boolean isRepeated(MappingVersion version, MappingVersion inEffect) {
        return version.version() == inEffect.version()
                && version.content().equals(inEffect.content())
                && version.source().equals(inEffect.source());
    }

    private static MappingVerdict.Problem outOfOrder(
            MappingVersion version, MappingVersion inEffect) {
        String what =
                version.version() == inEffect.version()
                        ? "version %d is taken by another content.".formatted(version.version())
                        : "version %d goes back: version %d is in effect."
                                .formatted(version.version(), inEffect.version());
        return problem(ErrorCode.MAPPING_VERSION, what);
    }

    private static MappingVerdict.Problem otherSource(
            MappingVersion version, CompiledMapping compiled) {
        return problem(
                ErrorCode.MAPPING_SOURCE,
                "the version is for source %s, its mapping for %s."
                        .formatted(
                                version.source(), String.join(", ", compiled.mapping().sources())));
    }

    private static MappingVerdict.Problem problem(ErrorCode code, String what) {
        return new MappingVerdict.Problem(code.code(), 0, 0, what, code.remedy());
    }

    private static Decision refused(
            RegistryMessage message, MappingVersion version, MappingVerdict.Problem why) {
        return new Decision(message, version, null, List.of(why));
    }
}
