/** Drives generated drift of every kind against a running job, and tells what became of it. */
package io.autonomos.jobs.simulate;
