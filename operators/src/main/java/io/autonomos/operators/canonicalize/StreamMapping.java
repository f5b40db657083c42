package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.messages.MappingVersion;
import java.util.List;

/**
 * The version in effect of one stream's own mapping, ready to translate.
 *
 * @param hash of the content
 * @param origin how the version came about
 * @param confidence of the repair that made it; 1 where a person wrote it
 * @param content null where the content does not compile
 * @param fault why it does not compile, or null
 */
record StreamMapping(
        int version, String hash, String origin, double confidence, Content content, Fault fault) {

    /**
     * A version that was accepted.
     *
     * @param content null where it does not compile
     * @param fault why it does not compile, or null
     */
    static StreamMapping of(MappingVersion version, Content content, Fault fault) {
        return new StreamMapping(
                version.version(),
                version.hash(),
                version.origin(),
                version.confidence() == null ? 1 : version.confidence(),
                content,
                fault);
    }

    /** What is kept of a compiled content; its text and its tests are many times as large. */
    record Content(Plan plan, List<String> sources) {

        static Content of(CompiledMapping compiled) {
            return new Content(compiled.plan(), compiled.mapping().sources());
        }
    }

    /** Whether records of this source are its own. */
    boolean isFor(String source) {
        return content == null
                || content.sources().stream()
                        .anyMatch(each -> MappingCatalog.isSameName(each, source));
    }

    /** The plan, or null where the content does not compile. */
    Plan plan() {
        return content == null ? null : content.plan();
    }
}
