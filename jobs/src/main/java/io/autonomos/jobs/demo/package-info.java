/** The demo: sample data through the whole job in one process. */
package io.autonomos.jobs.demo;
