/** Makes unified rows from canonical events: duplicates, order, identity, references, merge. */
package io.autonomos.operators.materialize;
