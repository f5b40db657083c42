package io.autonomos.mappings.expression;

import com.google.common.net.InternetDomainName;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Brings texts of one meaning to one form. Each refuses, with null, what it cannot read. */
public enum Normalizer {
    /** Without spaces at its ends, and with single spaces inside. */
    SPACES("spaces"),
    LOWER("lower"),
    UPPER("upper"),
    /** A lower-case e-mail address; {@code Name <address>} and {@code mailto:} are understood. */
    EMAIL("email"),
    /** E.164, such as +12025550123; numbers without a country code belong to the region. */
    PHONE("phone"),
    /** A URL with scheme and lower-case host; https where none is given. */
    URL("url"),
    /** The registrable domain of a URL, host or e-mail address, such as example.co.uk. */
    DOMAIN("domain"),
    /** An ISO 3166 alpha-2 code, of that code, the alpha-3 code or the English name. */
    COUNTRY("country"),
    /** An ISO 4217 code in capitals. */
    CURRENCY("currency");

    private static final Pattern SPACE = Pattern.compile("[\\s\\u00A0\\u2007\\u202F]+");
    private static final Pattern MAILBOX = Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]{1,64}");
    private static final int LONGEST_HOST = 253;
    private static final int LONGEST = 2_048;

    private final String key;

    Normalizer(String key) {
        this.key = key;
    }

    /** Its name in mapping files. */
    public String key() {
        return key;
    }

    /** The names of all. */
    public static List<String> keys() {
        return Stream.of(values()).map(Normalizer::key).toList();
    }

    /** The one of that name, or null. */
    public static Normalizer of(String key) {
        return Stream.of(values()).filter(each -> each.key.equals(key)).findFirst().orElse(null);
    }

    /**
     * The normal form, or null where the text has none.
     *
     * @param region ISO 3166 alpha-2 code for phone numbers without a country code, or null
     */
    public String apply(String given, String region) {
        if (given.length() > LONGEST && this != SPACES && this != LOWER && this != UPPER) {
            return null;
        }
        String text = SPACE.matcher(given).replaceAll(" ").strip();
        return switch (this) {
            case SPACES -> text;
            case LOWER -> given.toLowerCase(Locale.ROOT);
            case UPPER -> given.toUpperCase(Locale.ROOT);
            case EMAIL -> email(text);
            case PHONE -> phone(text, region);
            case URL -> url(text);
            case DOMAIN -> domain(text);
            case COUNTRY -> Countries.BY_NAME.get(text.toLowerCase(Locale.ROOT));
            case CURRENCY -> currency(text);
        };
    }

    private static String email(String text) {
        String address = text;
        int open = text.lastIndexOf('<');
        if (open >= 0 && text.endsWith(">")) {
            address = text.substring(open + 1, text.length() - 1);
        } else if (text.regionMatches(true, 0, "mailto:", 0, 7)) {
            address = text.substring(7);
        }
        int at = address.lastIndexOf('@');
        if (at < 1 || !MAILBOX.matcher(address.substring(0, at)).matches()) {
            return null;
        }
        String host = host(address.substring(at + 1));
        return host == null || host.indexOf('.') < 0
                ? null
                : address.substring(0, at).toLowerCase(Locale.ROOT) + '@' + host;
    }

    private static String phone(String text, String region) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = numbers.parse(text, region);
            return numbers.isPossibleNumber(number)
                    ? numbers.format(number, PhoneNumberFormat.E164)
                            + (number.hasExtension() ? ";ext=" + number.getExtension() : "")
                    : null;
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static String url(String text) {
        URI uri = uri(text);
        if (uri == null) {
            return null;
        }
        String host = host(uri.getHost());
        if (host == null) {
            return null;
        }
        String path =
                uri.getRawPath() == null || uri.getRawPath().equals("/") ? "" : uri.getRawPath();
        return uri.getScheme().toLowerCase(Locale.ROOT)
                + "://"
                + host
                + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + path
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static String domain(String text) {
        int at = text.lastIndexOf('@');
        String host = null;
        if (at > 0 && text.indexOf('/') < 0) {
            host = host(text.substring(at + 1));
        } else {
            URI uri = uri(text);
            host = uri == null ? null : host(uri.getHost());
        }
        if (host == null || host.indexOf('.') < 0 || !InternetDomainName.isValid(host)) {
            return null;
        }
        InternetDomainName name = InternetDomainName.from(host);
        return name.isUnderRegistrySuffix() && !name.isRegistrySuffix()
                ? name.topDomainUnderRegistrySuffix().toString()
                : null;
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "https://" + text);
            String scheme = uri.getScheme();
            boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            if (web && uri.getHost() == null && uri.getRawAuthority() != null) {
                String ascii = host(uri.getRawAuthority());
                return ascii == null
                        ? null
                        : new URI(scheme, ascii, uri.getPath(), uri.getQuery(), null);
            }
            return web && uri.getHost() != null && uri.getUserInfo() == null ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String host(String text) {
        try {
            String ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            String host = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            return host.isEmpty() || host.length() > LONGEST_HOST ? null : host;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String currency(String text) {
        try {
            return java.util.Currency.getInstance(text.toUpperCase(Locale.ROOT)).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Country codes by code and by English name; made on first use. */
    private static final class Countries {

        private static final Map<String, String> BY_NAME = new HashMap<>();

        static {
            for (String code : Locale.getISOCountries()) {
                Locale country = new Locale.Builder().setRegion(code).build();
                BY_NAME.put(code.toLowerCase(Locale.ROOT), code);
                BY_NAME.put(country.getISO3Country().toLowerCase(Locale.ROOT), code);
                BY_NAME.put(
                        country.getDisplayCountry(Locale.ENGLISH).toLowerCase(Locale.ROOT), code);
            }
            BY_NAME.put("usa", "US");
            BY_NAME.put("u.s.", "US");
            BY_NAME.put("u.s.a.", "US");
            BY_NAME.put("united states of america", "US");
            BY_NAME.put("uk", "GB");
            BY_NAME.put("great britain", "GB");
            BY_NAME.put("england", "GB");
            BY_NAME.put("scotland", "GB");
            BY_NAME.put("wales", "GB");
            BY_NAME.put("northern ireland", "GB");
            BY_NAME.put("czech republic", "CZ");
            BY_NAME.put("russian federation", "RU");
            BY_NAME.put("republic of korea", "KR");
            BY_NAME.put("korea", "KR");
            BY_NAME.put("viet nam", "VN");
            BY_NAME.put("holland", "NL");
            BY_NAME.put("the netherlands", "NL");
            BY_NAME.put("turkey", "TR");
            BY_NAME.put("ivory coast", "CI");
        }
    }
}
