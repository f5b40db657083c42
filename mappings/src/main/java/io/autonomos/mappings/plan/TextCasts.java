package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.ExtendedJson;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.JsonText;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Text, booleans, currency codes and value maps. */
final class TextCasts {

    private static final Set<String> CURRENCIES = new HashSet<>();

    /** By their letters read as a number to the base of 26. */
    private static final boolean[] CURRENCY_LETTERS = new boolean[26 * 26 * 26];

    static {
        for (Currency currency : Currency.getAvailableCurrencies()) {
            String code = currency.getCurrencyCode();
            CURRENCIES.add(code);
            CURRENCY_LETTERS[letters(code.getBytes(StandardCharsets.US_ASCII), 0)] = true;
        }
    }

    private TextCasts() {}

    /** Text stays the bytes it is, an ObjectId(...) its digits; a number keeps its digits. */
    static ErrorCode text(byte[] bytes, int from, int to, int jsonType, CastTarget target) {
        if (jsonType == Fingerprint.STRING) {
            if (JsonText.hasEscape(bytes, from, to)
                    && JsonText.isUnstorable(bytes, from + 1, to - 1)) {
                return ErrorCode.VALUE_TEXT;
            }
            if (ExtendedJson.isObjectId(bytes, from, to)) {
                int digits = ExtendedJson.digits(from);
                target.out.put('"').put(bytes, digits, to - 2).put('"');
                return null;
            }
            target.out.put(bytes, from, to);
            return null;
        }
        if (jsonType != Fingerprint.NUMBER) {
            return ErrorCode.VALUE_TYPE;
        }
        if (to - from > Numbers.MAX_LENGTH) {
            return ErrorCode.VALUE_TOO_LONG;
        }
        target.out.put('"').put(bytes, from, to).put('"');
        return null;
    }

    /** JSON's booleans, and their names as text in any case. */
    static ErrorCode bool(byte[] bytes, int from, int to, int jsonType, CastTarget target) {
        if (jsonType == Fingerprint.BOOLEAN) {
            target.out.put(bytes, from, to);
            return null;
        }
        if (jsonType != Fingerprint.STRING) {
            return ErrorCode.VALUE_BOOLEAN;
        }
        String text = textForm(bytes, from, to, jsonType).strip().toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            return ErrorCode.VALUE_BOOLEAN;
        }
        target.out.ascii(text);
        return null;
    }

    /** ISO 4217 codes. */
    static ErrorCode currency(byte[] bytes, int from, int to, int jsonType, CastTarget target) {
        if (jsonType != Fingerprint.STRING) {
            return ErrorCode.VALUE_TYPE;
        }
        if (to - from == 5) {
            int letters = letters(bytes, from + 1);
            if (letters >= 0 && CURRENCY_LETTERS[letters]) {
                target.out.put(bytes, from, to);
                return null;
            }
        }
        String given = textForm(bytes, from, to, jsonType);
        String code = given.strip().toUpperCase(Locale.ROOT);
        if (!CURRENCIES.contains(code)) {
            return ErrorCode.VALUE_CURRENCY;
        }
        if (!code.equals(given)) {
            target.note("normalized", "the currency code was written differently");
        }
        target.out.put('"').ascii(code).put('"');
        return null;
    }

    /** Three capital letters as a number, or -1. */
    private static int letters(byte[] bytes, int at) {
        int first = bytes[at] - 'A';
        int second = bytes[at + 1] - 'A';
        int third = bytes[at + 2] - 'A';
        boolean capitals =
                first >= 0 && first < 26 && second >= 0 && second < 26 && third >= 0 && third < 26;
        return capitals ? (first * 26 + second) * 26 + third : -1;
    }

    /** A cast that looks the value up by its text form. */
    static Cast valueMap(Map<String, byte[]> tokens, Cast unmapped) {
        return (bytes, from, to, jsonType, target) -> {
            if (jsonType < Fingerprint.STRING) {
                return ErrorCode.VALUE_TYPE;
            }
            String text = textForm(bytes, from, to, jsonType);
            byte[] token = tokens.get(text);
            if (token == null) {
                token = tokens.get(text.strip().toLowerCase(Locale.ROOT));
            }
            if (token != null) {
                target.out.put(token);
                return null;
            }
            return unmapped == null
                    ? ErrorCode.VALUE_NOT_MAPPED
                    : unmapped.cast(bytes, from, to, jsonType, target);
        };
    }

    /** A text's token with escapes only where there must be, or null where it has none now. */
    static byte[] withoutEscapes(byte[] bytes, int from, int to) {
        return JsonText.hasEscape(bytes, from, to)
                ? new JsonBuffer(to - from)
                        .quoted(textForm(bytes, from, to, Fingerprint.STRING))
                        .toBytes()
                : null;
    }

    /** Whether two texts of different bytes are the same but for their escapes. */
    static boolean isSameText(byte[] bytes, int from, int to, int otherFrom, int otherTo) {
        return (JsonText.hasEscape(bytes, from, to)
                        || JsonText.hasEscape(bytes, otherFrom, otherTo))
                && textForm(bytes, from, to, Fingerprint.STRING)
                        .equals(textForm(bytes, otherFrom, otherTo, Fingerprint.STRING));
    }

    /** A scalar's text: without quotes and escapes for text, the token itself otherwise. */
    static String textForm(byte[] bytes, int from, int to, int jsonType) {
        if (jsonType == Fingerprint.BOOLEAN) {
            return bytes[from] == 't' ? "true" : "false";
        }
        return jsonType == Fingerprint.STRING
                ? JsonText.decode(bytes, from + 1, to - 1)
                : new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
