/** What is told of a mapping file before it runs: its tests, and warnings. */
package io.autonomos.mappings.lint;
