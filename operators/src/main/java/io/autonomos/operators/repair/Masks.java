package io.autonomos.operators.repair;

/** Shows the form of a value and nothing of the value. */
final class Masks {

    private static final int LONGEST = 24;

    private Masks() {}

    /** Digits as 9, letters as a and A; signs that tell a format stay. */
    static String of(String value) {
        StringBuilder mask = new StringBuilder();
        value.codePoints()
                .limit(LONGEST)
                .forEach(
                        c -> {
                            if (Character.isDigit(c)) {
                                mask.append('9');
                            } else if (Character.isUpperCase(c)) {
                                mask.append('A');
                            } else if (Character.isLetter(c)) {
                                mask.append('a');
                            } else {
                                mask.append(c < 128 && !Character.isISOControl(c) ? (char) c : '?');
                            }
                        });
        return value.length() > LONGEST ? mask + "..." : mask.toString();
    }
}
