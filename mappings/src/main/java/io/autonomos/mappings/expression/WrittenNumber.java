package io.autonomos.mappings.expression;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as people and spreadsheets write them: {@code $1,200.50}, {@code 1.200,50 EUR}, {@code
 * 1'200}, {@code (5.00)}, {@code 50 %}. Only what can mean one number is read: {@code 1,200} may be
 * twelve hundred or one and a fifth.
 */
public final class WrittenNumber {

    private static final int LONGEST = 100;

    /** A sign or letters of a currency, or a percent sign, before and after. */
    private static final String UNIT = "(?:\\p{Sc}|\\p{L}{1,3}\\p{Sc}?|%)?";

    private static final Pattern WHOLE =
            Pattern.compile(
                    "([-+\u2212(]?)"
                            + UNIT
                            + "([-+\u2212]?)([0-9][0-9.,']*|[.,][0-9]+)"
                            + UNIT
                            + "(-?\\)?)");
    private static final Pattern POINT =
            Pattern.compile("[0-9]*\\.?[0-9]*|[0-9]{1,3}(?:[,'][0-9]{3})+\\.[0-9]*");
    private static final Pattern COMMA =
            Pattern.compile("[0-9]*,[0-9]*|[0-9]{1,3}(?:[.'][0-9]{3})+,[0-9]*");
    private static final Pattern GROUPS =
            Pattern.compile(
                    "[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:\\.[0-9]{3}){2,}|[0-9]{1,3}(?:'[0-9]{3})+");

    /** One separator with three digits behind it. */
    private static final Pattern EITHER = Pattern.compile("[0-9]{1,3}[.,][0-9]{3}");

    private static final Pattern BARE = Pattern.compile("[-+0-9.,' ]*");

    /** A sign, digits and what groups them. */
    private static final Pattern SEPARATED =
            Pattern.compile("[-+\u2212]?[0-9][0-9.,'\u2019 \u00a0\u202f\u2009]*");

    private static final Pattern ONE_GROUP = Pattern.compile("[-+\u2212]?[1-9][0-9]{0,2},[0-9]{3}");

    /** A space between digits groups them. */
    private static final Pattern SPACE_INSIDE =
            Pattern.compile("(?<=[0-9])[\\s\u00a0\u202f\u2009\u2019](?=[0-9])");

    private static final Pattern SPACE = Pattern.compile("[\\s\u00a0\u202f\u2009]");

    private WrittenNumber() {}

    /** Whether a text says a number and nothing else: no currency, no percent sign. */
    static boolean isEqual(String text, BigDecimal number) {
        String digits = BARE.matcher(text).matches() ? digits(text) : null;
        return digits != null && new BigDecimal(digits).compareTo(number) == 0;
    }

    /**
     * The number that a text says by digits and separators alone, such as {@code 1,200.50}; null
     * where it says more than one.
     *
     * @param whole whether only whole numbers are meant, so that {@code 1,200} is one number
     */
    public static BigDecimal bare(String text, boolean whole) {
        if (text.length() > LONGEST || !SEPARATED.matcher(text).matches()) {
            return null;
        }
        String digits =
                digits(whole && ONE_GROUP.matcher(text).matches() ? text.replace(",", "") : text);
        return digits == null ? null : new BigDecimal(digits);
    }

    /** The number as {@link BigDecimal} reads it, or null. */
    static String digits(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        String grouped = SPACE_INSIDE.matcher(text).replaceAll("'");
        String plain = SPACE.matcher(grouped).replaceAll("");
        Matcher parts = WHOLE.matcher(plain);
        if (!parts.matches()) {
            return null;
        }
        String number = number(parts.group(3));
        if (number == null) {
            return null;
        }
        String signs = parts.group(1) + parts.group(2) + parts.group(4);
        boolean brackets = signs.startsWith("(") && signs.endsWith(")");
        if (!brackets && (signs.contains("(") || signs.contains(")"))) {
            return null;
        }
        String sign = brackets ? signs.substring(1, signs.length() - 1) : signs;
        if (sign.length() > 1 || (brackets && !sign.isEmpty())) {
            return null;
        }
        boolean negative = brackets || sign.equals("-") || sign.equals("\u2212");
        return (negative ? "-" : "") + number;
    }

    private static String number(String written) {
        if (EITHER.matcher(written).matches() && !written.startsWith("0")) {
            return null;
        }
        if (GROUPS.matcher(written).matches()) {
            return written.replaceAll("[.,']", "");
        }
        if (POINT.matcher(written).matches()) {
            return written.replaceAll("[,']", "");
        }
        return COMMA.matcher(written).matches()
                ? written.replaceAll("[.']", "").replace(',', '.')
                : null;
    }
}
