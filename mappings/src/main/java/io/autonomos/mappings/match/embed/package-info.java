/** What texts mean, as vectors, by a small model inside the process. */
package io.autonomos.mappings.match.embed;
