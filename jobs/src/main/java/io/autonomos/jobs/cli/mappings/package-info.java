/** Commands on the mapping versions of a running job. */
package io.autonomos.jobs.cli.mappings;
