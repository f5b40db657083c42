/** Commands on files alone, with no servers. */
package io.autonomos.jobs.cli.files;
