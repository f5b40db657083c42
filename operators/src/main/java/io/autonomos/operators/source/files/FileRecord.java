package io.autonomos.operators.source.files;

import io.autonomos.schemas.Fault;

/**
 * One record of a file.
 *
 * @param line where it begins, from 1
 * @param json the record as JSON bytes; what was read where {@code fault} says it is unreadable
 * @param original the bytes as in the file where {@code json} was derived from them, else null
 * @param fault why it can already be told that the record is unreadable, or null
 * @param next where the next record begins
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never copied or changed
public record FileRecord(long line, byte[] json, byte[] original, Fault fault, Place next) {

    /** The bytes as in the file, without the line's end. */
    public byte[] originalBytes() {
        return original == null ? json : original;
    }
}
