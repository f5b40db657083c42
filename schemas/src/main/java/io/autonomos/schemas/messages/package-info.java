/**
 * The messages of the topics: their JSON Schemas, and records with a JSON form for those read back.
 */
package io.autonomos.schemas.messages;
