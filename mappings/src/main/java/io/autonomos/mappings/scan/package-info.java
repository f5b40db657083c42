/** One pass over a record's bytes: validates, fingerprints and picks the mapped values. */
package io.autonomos.mappings.scan;
