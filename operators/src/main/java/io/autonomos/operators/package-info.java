/**
 * The stages of the job, one package each, in the order in which records pass them: {@code source},
 * {@code canonicalize}, {@code drift}, {@code repair}, {@code review}, {@code materialize}, {@code
 * graph}, {@code sink}. No stage knows another; what several need is here or in {@code schemas}.
 */
package io.autonomos.operators;
