/** Reads a tenant's graph from a store and draws it. */
package io.autonomos.jobs.graph;
