package io.autonomos.jobs.verify;

/** A row's content in 128 bits. */
record RowHash(long high, long low) {}
