/** Reads records from files, in plain Java and bounded memory. */
package io.autonomos.operators.source.files;
