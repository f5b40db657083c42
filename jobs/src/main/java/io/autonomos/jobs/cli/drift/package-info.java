/** Commands that show what became of a change of schema. */
package io.autonomos.jobs.cli.drift;
