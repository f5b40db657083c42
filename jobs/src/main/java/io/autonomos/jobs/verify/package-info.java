/** Compares the unified rows of the stores with each other. */
package io.autonomos.jobs.verify;
