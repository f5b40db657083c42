/** What tenants said of earlier repairs, and what a repair gets to know of it. */
package io.autonomos.operators.repair.memory;
