/**
 * Expressions of mapping files: Google's Common Expression Language over the fields of one record.
 *
 * <p>An expression names source fields as {@code record.Path}; each such path becomes a slot of the
 * scanner, so that no tree of the record is made.
 */
package io.autonomos.mappings.expression;
