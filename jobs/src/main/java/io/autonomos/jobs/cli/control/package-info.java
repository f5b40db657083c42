/** Commands that read and set flags, policies and budgets. */
package io.autonomos.jobs.cli.control;
