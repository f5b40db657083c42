/** Commands that start, stop, watch and exercise the servers and the job. */
package io.autonomos.jobs.cli.stack;
