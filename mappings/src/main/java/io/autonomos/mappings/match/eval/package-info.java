/** Measures matching on cases with a known truth. */
package io.autonomos.mappings.match.eval;
