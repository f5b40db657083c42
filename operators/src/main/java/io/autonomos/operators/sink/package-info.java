/** What the stores of the unified rows have in common. */
package io.autonomos.operators.sink;
