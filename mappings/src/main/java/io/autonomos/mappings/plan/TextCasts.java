package io.autonomos.mappings.plan;

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

    static {
        for (Currency currency : Currency.getAvailableCurrencies()) {
            CURRENCIES.add(currency.getCurrencyCode());
        }
    }

    private TextCasts() {}

    /** Text stays the bytes it is; a number keeps its digits. */
    static ErrorCode text(byte[] bytes, int from, int to, int jsonType, CastTarget target) {
        if (jsonType == Fingerprint.STRING) {
            if (hasEscape(bytes, from, to) && JsonText.isUnstorable(bytes, from + 1, to - 1)) {
                return ErrorCode.VALUE_TEXT;
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

    private static boolean hasEscape(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return true;
            }
        }
        return false;
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
        return hasEscape(bytes, from, to)
                ? new JsonBuffer(to - from)
                        .quoted(textForm(bytes, from, to, Fingerprint.STRING))
                        .toBytes()
                : null;
    }

    /** Whether two texts of different bytes are the same but for their escapes. */
    static boolean isSameText(byte[] bytes, int from, int to, int otherFrom, int otherTo) {
        return (hasEscape(bytes, from, to) || hasEscape(bytes, otherFrom, otherTo))
                && textForm(bytes, from, to, Fingerprint.STRING)
                        .equals(textForm(bytes, otherFrom, otherTo, Fingerprint.STRING));
    }

    /** A scalar's text: without quotes and escapes for text, the token itself otherwise. */
    static String textForm(byte[] bytes, int from, int to, int jsonType) {
        return jsonType == Fingerprint.STRING
                ? JsonText.decode(bytes, from + 1, to - 1)
                : new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
