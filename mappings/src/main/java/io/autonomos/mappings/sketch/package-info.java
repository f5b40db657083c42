/** Bounded summaries of a field's values: how many differ, which two fields share, how they lie. */
package io.autonomos.mappings.sketch;
