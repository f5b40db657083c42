package io.autonomos.operators.source;

import io.autonomos.mappings.scan.ScanException;
import io.autonomos.schemas.ErrorCode;

/**
 * What one message of a feed says of its record; null where it says nothing. Address and id are
 * bytes of UTF-8 that nobody has checked yet.
 */
final class FeedMessage {

    private static final byte[] NOTHING = {};

    byte[] tenant;
    byte[] connection;
    byte[] source;

    /** What the stream's name is unique in, such as the schema of a database. */
    byte[] namespace;

    byte[] stream;
    String op;
    byte[] recordId;
    long emittedAt = EmittedAt.INVALID;

    /** The record's own bytes. */
    byte[] value = NOTHING;

    /** Whether the message holds no record, and is none that is wrong. */
    boolean skipped;

    /** What is wrong, or null. */
    ErrorCode code;

    /** The member that is wrong, or null. */
    String field;

    /** What is wrong with it, as the end of a sentence. */
    String problem;

    void skip() {
        skipped = true;
    }

    void fail(ErrorCode why, String where, String what) {
        code = why;
        field = where;
        problem = what;
        value = NOTHING;
    }

    void fail(ScanException why) {
        fail(why.code(), null, why.getMessage() + " at byte " + why.offset());
    }
}
