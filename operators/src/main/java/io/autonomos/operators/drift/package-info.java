/** Notices that a stream's records changed, says what changed, and how much it matters. */
package io.autonomos.operators.drift;
