package io.autonomos.mappings.infer;

import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.FieldType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether sample values can become a canonical field's values, and what the mapping must say for
 * it.
 *
 * @param share the share of the values that fit
 * @param keys what the rule needs besides its path, such as {@code format: dd.MM.yyyy}; or empty
 * @param expression an expression in place of the path, with {@code %s} where it stands; or null
 * @param reason what the values look like, or null where that tells nothing
 */
record Fit(double share, String keys, String expression, String reason) {

    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([T ].*)?");
    private static final Pattern EPOCH = Pattern.compile("\\d{9,13}(\\.\\d+)?");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");
    private static final Pattern PHONE = Pattern.compile("\\+?[\\d\\s()./-]{7,20}(x\\d+)?");
    private static final Pattern SITE =
            Pattern.compile("(https?://)?([\\w-]+\\.)+[a-z]{2,}(/.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");
    private static final Pattern GROUPED = Pattern.compile("-?\\d{1,3}(,\\d{3})*(\\.\\d+)?");
    private static final Pattern COMMA =
            Pattern.compile("-?\\d{1,3}(\\.\\d{3})*(,\\d+)?|-?\\d+,\\d+");
    private static final List<String> DATE_FORMATS =
            List.of(
                    "dd.MM.yyyy",
                    "MM/dd/yyyy",
                    "dd/MM/yyyy",
                    "yyyy/MM/dd",
                    "M/d/yyyy",
                    "d.M.yyyy",
                    "dd-MM-yyyy",
                    "MMM d, yyyy",
                    "d MMM yyyy",
                    "dd-MMM-yyyy",
                    "yyyyMMdd",
                    "dd.MM.yyyy HH:mm",
                    "dd.MM.yyyy HH:mm:ss",
                    "MM/dd/yyyy HH:mm",
                    "MM/dd/yyyy HH:mm:ss",
                    "dd/MM/yyyy HH:mm",
                    "dd/MM/yyyy HH:mm:ss",
                    "yyyy/MM/dd HH:mm:ss",
                    "M/d/yyyy H:mm");

    private static final Fit NONE = new Fit(0, "", null, null);

    static Fit of(EntityField field, SampleField values) {
        if (values.values().isEmpty() && !values.isNested()) {
            return new Fit(1, "", null, null); // nothing is known, so nothing speaks against it
        }
        return switch (field.type()) {
            case TEXT -> text(field, values);
            case INTEGER, DECIMAL -> number(field, values);
            case BOOLEAN ->
                    plain(
                            values.share(
                                    v ->
                                            v.equalsIgnoreCase("true")
                                                    || v.equalsIgnoreCase("false")));
            case DATE, TIMESTAMP -> time(values);
            case TEXT_LIST -> new Fit(0.9, values.isNested() ? "" : "split: \",\"", null, null);
            case TEXT_MAP -> values.isNested() ? new Fit(1, "", null, null) : NONE;
        };
    }

    private static Fit plain(double share) {
        return new Fit(share, "", null, null);
    }

    private static Fit text(EntityField field, SampleField values) {
        if (values.isNested()) {
            return NONE;
        }
        return switch (field.name()) {
            case "email" ->
                    shaped(values.share(v -> EMAIL.matcher(v).matches()), "e-mail addresses");
            case "phone" -> shaped(values.share(Fit::isPhone), "phone numbers");
            case "website" -> shaped(values.share(v -> SITE.matcher(v).matches()), "web addresses");
            case "currency" ->
                    shaped(values.share(v -> CURRENCY.matcher(v).matches()), "currency codes");
            default -> plain(values.isBoolean() ? 0.2 : 1);
        };
    }

    private static boolean isPhone(String text) {
        return PHONE.matcher(text).matches()
                && !ISO.matcher(text).matches()
                && DATE_FORMATS.stream().noneMatch(format -> isTime(text, format));
    }

    private static Fit shaped(double share, String what) {
        return new Fit(share, "", null, share > 0.8 ? "its values are " + what : null);
    }

    private static Fit number(EntityField field, SampleField values) {
        double plain = values.share(Fit::isNumber);
        boolean thousands =
                field.type() == FieldType.INTEGER
                        && values.values().stream()
                                .anyMatch(v -> v.matches("\\d{1,3}(\\.\\d{3})+"));
        if (plain >= 0.9 && !thousands) {
            boolean fraction =
                    field.name().equals("probability")
                            && values.values().stream()
                                    .filter(Fit::isNumber)
                                    .allMatch(
                                            v ->
                                                    new BigDecimal(v)
                                                                    .abs()
                                                                    .compareTo(BigDecimal.ONE)
                                                            <= 0)
                            && values.values().stream()
                                    .anyMatch(
                                            v ->
                                                    isNumber(v)
                                                            && new BigDecimal(v)
                                                                            .stripTrailingZeros()
                                                                            .scale()
                                                                    > 0);
            return new Fit(plain, fraction ? "scale: 100" : "", null, "its values are numbers");
        }
        String bare = "[€$£%\\s]|[A-Z]{3}";
        double grouped = values.share(v -> GROUPED.matcher(v.replaceAll(bare, "")).matches());
        double comma = values.share(v -> COMMA.matcher(v.replaceAll(bare, "")).matches());
        double best = Math.max(grouped, comma);
        if (best < 0.9) {
            return plain(plain);
        }
        String digits = "string(%1$s).replace(\" \", \"\")";
        for (String sign : List.of("$", "€", "£", "%", "USD", "EUR")) {
            if (values.values().stream().anyMatch(v -> v.contains(sign))) {
                digits += ".replace(\"" + sign.replace("%", "%%") + "\", \"\")";
            }
        }
        digits +=
                grouped >= comma && !thousands
                        ? ".replace(\",\", \"\")"
                        : ".replace(\".\", \"\").replace(\",\", \".\")";
        return new Fit(
                best,
                "on-error: \"null\"",
                "%1$s != null && %1$s != \"\" ? decimal(" + digits + ") : null",
                "its values are numbers with separators");
    }

    private static boolean isNumber(String text) {
        return text.length() < 60 && text.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");
    }

    private static Fit time(SampleField values) {
        if (values.isNested()) {
            return NONE;
        }
        double iso = values.share(v -> ISO.matcher(v).matches());
        double epoch = values.share(v -> EPOCH.matcher(v).matches());
        Fit best =
                iso >= epoch
                        ? new Fit(iso, "", null, "its values are ISO dates")
                        : new Fit(epoch, "", null, "its values are epoch times");
        for (String format : DATE_FORMATS) {
            double share = values.share(v -> isTime(v, format));
            if (share > best.share) {
                best =
                        new Fit(
                                share,
                                "format: \"" + format + "\"",
                                null,
                                "its values are dates like " + format);
            }
        }
        return best.share > 0 ? best : NONE;
    }

    private static boolean isTime(String text, String format) {
        DateTimeFormatter formatter =
                DateTimeFormatter.ofPattern(format.replace("yyyy", "uuuu"), Locale.ENGLISH)
                        .withResolverStyle(java.time.format.ResolverStyle.STRICT);
        try {
            if (format.contains("H")) {
                LocalDateTime.parse(text, formatter);
            } else {
                LocalDate.parse(text, formatter);
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Names of fields whose values have a form of their own. */
    static final Set<String> SHAPED = Set.of("email", "phone", "website");
}
