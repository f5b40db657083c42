/**
 * Asks a language model which of closed candidates it would choose, where evidence is not enough.
 */
package io.autonomos.operators.repair.llm;
