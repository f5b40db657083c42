/**
 * The nouns of the system: addresses, records, events, the canonical model and their wire forms.
 */
package io.autonomos.schemas;
