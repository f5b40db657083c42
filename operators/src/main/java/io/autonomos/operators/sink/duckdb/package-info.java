/** Canonical events, unified rows and the graph to DuckDB, one file per tenant. */
package io.autonomos.operators.sink.duckdb;
