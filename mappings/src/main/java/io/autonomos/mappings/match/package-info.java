/** Which field of a changed schema carries what a field of the old one carried, and how sure. */
package io.autonomos.mappings.match;
