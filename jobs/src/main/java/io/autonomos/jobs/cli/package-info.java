/** The {@code autonomos} command. */
package io.autonomos.jobs.cli;
