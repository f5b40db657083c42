package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.schemas.Fault;

/**
 * The version in effect of one stream's own mapping, ready to translate.
 *
 * @param hash of the content
 * @param compiled null where the content does not compile
 * @param fault why it does not compile, or null
 */
record StreamMapping(int version, String hash, CompiledMapping compiled, Fault fault) {

    /** Whether records of this source are its own. */
    boolean isFor(String source) {
        return compiled == null || compiled.isFor(source);
    }
}
