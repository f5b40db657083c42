package io.autonomos.mappings.language;

import io.autonomos.mappings.scan.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts as a YAML file for people writes them: in quotes only where they must be. */
public final class YamlText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./$-]*");
    private static final Set<String> WORDS =
            Set.of("null", "true", "false", "yes", "no", "on", "off");

    private YamlText() {}

    /** One scalar. */
    public static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        return text.chars().anyMatch(Character::isISOControl)
                ? new String(new JsonBuffer(64).quoted(text).toBytes(), StandardCharsets.UTF_8)
                : "'" + text.replace("'", "''") + "'";
    }
}
