/** Writes canonical events, dead letters and the ledger to Kafka, exactly once. */
package io.autonomos.operators.sink.kafka;
