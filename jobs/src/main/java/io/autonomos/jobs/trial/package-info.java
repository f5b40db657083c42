/** Runs the stages that notice and mend a drift on records at hand, without any server. */
package io.autonomos.jobs.trial;
