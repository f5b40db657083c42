/** Commands on unified rows and their graph. */
package io.autonomos.jobs.cli.views;
