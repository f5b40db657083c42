/** Each tenant's graph: what its data comes from, what it becomes, and who reads that. */
package io.autonomos.operators.graph;
