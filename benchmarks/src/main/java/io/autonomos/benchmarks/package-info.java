/** See the design page. */
package io.autonomos.benchmarks;
