/** Tells people through an incoming webhook. */
package io.autonomos.operators.sink.webhook;
