/** What the figures of {@code docs/benchmarks.md} are measured with; that page says how. */
package io.autonomos.benchmarks;
