/** The registry of mapping versions: what is on its topic, and which version may take effect. */
package io.autonomos.mappings.registry;
