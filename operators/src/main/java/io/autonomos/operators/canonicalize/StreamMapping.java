package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.schemas.Fault;
import java.util.List;

/**
 * The version in effect of one stream's own mapping, ready to translate.
 *
 * @param hash of the content
 * @param content null where the content does not compile
 * @param fault why it does not compile, or null
 */
record StreamMapping(int version, String hash, Content content, Fault fault) {

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
