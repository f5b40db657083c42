/** Commands by which a person decides. */
package io.autonomos.jobs.cli.review;
