/**
 * What is known of a stream from its records: fields with types, presence and value profile, and
 * hashes of the values of a bounded sample of record ids. Never values themselves.
 */
package io.autonomos.mappings.profile;
