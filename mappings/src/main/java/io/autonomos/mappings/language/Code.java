package io.autonomos.mappings.language;

/**
 * An expression in a mapping file.
 *
 * @param place where its first character stands
 * @param isBlock whether it is a block of lines below its key, whose places count by line alone
 */
public record Code(String text, Place place, boolean isBlock) {

    /** The place of a line and column inside the expression, both from 1. */
    public Place at(int line, int column) {
        if (isBlock) {
            return new Place(place.file(), place.line() + line, column);
        }
        return line == 1
                ? new Place(place.file(), place.line(), place.column() + column - 1)
                : new Place(place.file(), place.line() + line - 1, column);
    }
}
