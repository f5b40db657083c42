/** Keeps proposals until a person has decided about them, and makes versions of decisions. */
package io.autonomos.operators.review;
