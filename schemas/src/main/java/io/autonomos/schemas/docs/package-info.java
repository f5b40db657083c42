/** Renders the pages of the documentation that are made from the code. */
package io.autonomos.schemas.docs;
