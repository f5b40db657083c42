/** The canonical model, read from one JSON Schema file per entity. */
package io.autonomos.schemas.model;
