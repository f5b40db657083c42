/** All that goes out on topics: exactly once, but mapping versions and verdicts at least once. */
package io.autonomos.operators.sink.kafka;
