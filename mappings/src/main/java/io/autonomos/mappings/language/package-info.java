/** The mapping language: reading and checking mapping files. */
package io.autonomos.mappings.language;
