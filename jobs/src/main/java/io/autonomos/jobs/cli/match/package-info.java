/** Commands that measure and fit the confidence of repairs. */
package io.autonomos.jobs.cli.match;
