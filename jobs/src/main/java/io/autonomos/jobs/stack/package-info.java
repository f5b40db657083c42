/** The servers AutonomOS runs on: embedded in one process, or as processes of this machine. */
package io.autonomos.jobs.stack;
