/** Writes canonical events and the ledger to PostgreSQL through the JDBC connector, in bulk. */
package io.autonomos.operators.sink.postgres;
