/** Translates raw records, refuses what cannot be translated, and keeps the ledger. */
package io.autonomos.operators.canonicalize;
