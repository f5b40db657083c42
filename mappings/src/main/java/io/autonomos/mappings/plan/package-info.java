/** Compiled mappings: what to pick, how to cast it, and how to render the canonical event. */
package io.autonomos.mappings.plan;
