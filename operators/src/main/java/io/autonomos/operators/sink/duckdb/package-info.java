/** Canonical events to DuckDB, one file per tenant. */
package io.autonomos.operators.sink.duckdb;
