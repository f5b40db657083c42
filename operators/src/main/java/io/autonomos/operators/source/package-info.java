/** Where raw records come from: Kafka topics and directories of files. */
package io.autonomos.operators.source;
