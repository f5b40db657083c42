/** What the settings of all modules have in common. */
package io.autonomos.schemas.config;
