package io.autonomos.operators.source.files;

/**
 * Where reading goes on in a file.
 *
 * @param offset bytes before it
 * @param line number of the line it is on, from 1
 */
public record Place(long offset, long line) {

    public static final Place START = new Place(0, 1);
}
