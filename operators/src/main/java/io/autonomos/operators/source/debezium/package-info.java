/** Turns the rows of Debezium's change events into plain JSON. */
package io.autonomos.operators.source.debezium;
