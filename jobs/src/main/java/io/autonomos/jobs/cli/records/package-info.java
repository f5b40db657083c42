/** Commands on records of a running job: send, account for, replay. */
package io.autonomos.jobs.cli.records;
