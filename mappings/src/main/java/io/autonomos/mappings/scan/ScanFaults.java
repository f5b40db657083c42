package io.autonomos.mappings.scan;

import io.autonomos.schemas.ErrorCode;

/**
 * Says what is wrong with the bytes at a position, once the scanner has found that something is.
 */
final class ScanFaults {

    private ScanFaults() {}

    /** Something else stands where {@code what} must, or the record ends there. */
    static ScanException expected(int at, int end, String what) {
        return at >= end
                ? truncated(end, "where " + what + " is expected")
                : new ScanException(ErrorCode.JSON_SYNTAX, at, what + " is expected");
    }

    /** No JSON value begins here. */
    static ScanException notAValue(byte[] bytes, int at, int end) {
        if (bytes[at] < 0 && JsonBytes.endOfUtf8(bytes, at, end) < 0) {
            return invalidUtf8(at);
        }
        return JsonBytes.isNumberPrefix(bytes, at, end)
                ? truncated(end, "inside a number")
                : new ScanException(ErrorCode.JSON_SYNTAX, at, "this is not a JSON value");
    }

    /** The backslash here begins no escape of JSON's. */
    static ScanException escape(byte[] bytes, int at, int end) {
        return end - at < 6 && JsonBytes.isEscapePrefix(bytes, at, end)
                ? truncated(end, "inside an escape")
                : new ScanException(ErrorCode.JSON_SYNTAX, at, "the escape is not one of JSON's");
    }

    /** No valid UTF-8 sequence begins here. */
    static ScanException utf8(byte[] bytes, int at, int end) {
        return JsonBytes.isUtf8Prefix(bytes, at, end)
                ? truncated(end, "inside a character")
                : invalidUtf8(at);
    }

    private static ScanException invalidUtf8(int at) {
        return new ScanException(
                ErrorCode.UTF8_INVALID, at, "the byte does not belong to valid UTF-8");
    }

    static ScanException truncated(int at, String where) {
        return new ScanException(ErrorCode.JSON_TRUNCATED, at, "the record ends " + where);
    }

    static ScanException tooDeep(int at, ScanLimits limits) {
        return new ScanException(
                ErrorCode.JSON_TOO_DEEP, at, "nested deeper than " + limits.maxDepth());
    }
}
