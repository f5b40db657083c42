/** The job: its graph, its configuration and what it needs prepared. */
package io.autonomos.jobs;
