/**
 * Events, unified rows, graphs, accounts, drift and reviews to PostgreSQL through the JDBC
 * connector, in bulk; and the migrations that make their tables.
 */
package io.autonomos.operators.sink.postgres;
