/** Drafts a mapping for a stream that has none, from sample records. */
package io.autonomos.mappings.infer;
