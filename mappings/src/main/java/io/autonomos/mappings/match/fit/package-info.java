/** Fits the matching model and measures it. */
package io.autonomos.mappings.match.fit;
