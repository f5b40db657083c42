/** Changes mappings: rules with other sources, and mappings as text again. */
package io.autonomos.mappings.edit;
