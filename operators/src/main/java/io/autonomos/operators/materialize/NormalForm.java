package io.autonomos.operators.materialize;

import com.google.common.net.InternetDomainName;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.autonomos.mappings.expression.Normalizer;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The forms in which identity rules compare values; null where a value is no evidence. */
enum NormalForm {
    /** As it stands, without spaces at its ends. */
    TEXT("text"),
    /** A lower-case address. */
    EMAIL("email"),
    /**
     * The domain that its owner registered, below a public suffix: two sites of one hosting service
     * are not one site.
     */
    DOMAIN("domain"),
    /** A name's letters and digits, whatever the case, width and punctuation. */
    NAME("name"),
    /** A phone number's digits: all of them with the country code, or as they stand without. */
    PHONE("phone"),
    /** An ISO 3166 alpha-2 code, of a country or of a phone number with its country code. */
    COUNTRY("country");

    private static final Pattern SPACE = Pattern.compile("[\\s\\u00A0]+");
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    /** Reserved by RFC 2606 for examples: the names below them stand for domains. */
    private static final Set<String> EXAMPLES = Set.of("example.com", "example.net", "example.org");

    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");

    /** A shorter number is one inside a house. */
    private static final int FEWEST_DIGITS = 7;

    private final String key;

    NormalForm(String key) {
        this.key = key;
    }

    /** The one of that name in entity files. */
    static NormalForm named(String key) {
        return Stream.of(values())
                .filter(form -> form.key.equals(key))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "x-unify: %s is no normal form; there are %s."
                                                .formatted(
                                                        key,
                                                        Stream.of(values())
                                                                .map(form -> form.key)
                                                                .toList())));
    }

    /** The form of a text, or null. */
    String of(String text) {
        return switch (this) {
            case TEXT -> present(SPACE.matcher(text).replaceAll(" ").strip());
            case EMAIL -> Normalizer.EMAIL.apply(text, null);
            case DOMAIN -> domain(text);
            case NAME -> present(SEPARATORS.matcher(folded(text)).replaceAll(" ").strip());
            case PHONE -> phone(text);
            case COUNTRY -> country(text);
        };
    }

    private static String present(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String folded(String text) {
        String wide = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC);
        return wide.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static String domain(String text) {
        String url = Normalizer.URL.apply(text, null);
        String host = url == null ? null : URI.create(url).getHost();
        if (host == null || host.indexOf('.') < 0 || !InternetDomainName.isValid(host)) {
            return null;
        }
        InternetDomainName name = InternetDomainName.from(host);
        if (!name.isUnderPublicSuffix()) {
            return null;
        }
        String domain = name.topPrivateDomain().toString();
        if (!EXAMPLES.contains(domain) || domain.equals(host)) {
            return domain;
        }
        List<String> labels = name.parts();
        return labels.get(labels.size() - 3) + "." + domain;
    }

    private static String phone(String text) {
        String international = Normalizer.PHONE.apply(text, null);
        if (international != null) {
            return international;
        }
        String digits = NO_DIGITS.matcher(text).replaceAll("");
        return digits.length() < FEWEST_DIGITS ? null : digits;
    }

    private static String country(String text) {
        String code = Normalizer.COUNTRY.apply(text, null);
        if (code != null || text.indexOf('+') < 0) {
            return code;
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            return numbers.getRegionCodeForNumber(numbers.parse(text, null));
        } catch (NumberParseException e) {
            return null;
        }
    }
}
