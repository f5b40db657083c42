/** From a stream's raw record to canonical events: the catalog of mappings and the translator. */
package io.autonomos.mappings;
