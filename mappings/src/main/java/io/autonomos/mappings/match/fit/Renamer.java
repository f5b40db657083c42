package io.autonomos.mappings.match.fit;

import io.autonomos.mappings.match.NameWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Renames fields the way people and vendors do, and makes names that only look alike. */
final class Renamer {

    /** How the words of a name are written. */
    enum Style {
        AS_IS,
        SNAKE,
        CAMEL,
        PASCAL,
        LOWER
    }

    private static final List<String> OTHERS =
            List.of(
                    "count", "type", "status", "code", "unit", "date", "reason", "name", "id",
                    "url", "number", "label", "first", "last");

    private static final List<String> SUFFIXES =
            List.of("id", "at", "date", "timestamp", "code", "name", "value", "flag", "number");

    private final SplittableRandom random;

    Renamer(SplittableRandom random) {
        this.random = random;
    }

    Style style() {
        return Style.values()[random.nextInt(Style.values().length)];
    }

    /** The last part of the path in another style. */
    String restyle(String path, Style style) {
        int cut = path.lastIndexOf('.') + 1;
        return path.substring(0, cut) + render(NameWords.of(path.substring(cut)), style);
    }

    /** Another name that a person would still know to be the same. */
    String rename(String path, String entity, Style style) {
        int cut = path.lastIndexOf('.') + 1;
        List<String> words = new ArrayList<>(NameWords.of(path.substring(cut)));
        if (words.isEmpty()) {
            return path + "_value";
        }
        switch (random.nextInt(10)) {
            case 0, 1 -> words.add(0, entity);
            case 2 -> words.set(pick(words), abbreviate(words.get(words.size() - 1)));
            case 3, 4 -> replaceByPeer(words);
            case 5 -> words.add(pickFrom(SUFFIXES));
            case 6 -> dropOne(words);
            case 7 -> Collections.swap(words, 0, words.size() - 1);
            case 8 -> words.add(0, words.get(0).equals("is") ? "has" : "is");
            default -> replaceByPeer(words);
        }
        String prefix = random.nextInt(4) == 0 ? "" : path.substring(0, cut);
        return prefix + render(words, style == Style.AS_IS ? Style.SNAKE : style);
    }

    /** The name of another field that looks like this one. */
    String lookalike(String path, Style style) {
        int cut = path.lastIndexOf('.') + 1;
        List<String> words = new ArrayList<>(NameWords.of(path.substring(cut)));
        if (words.isEmpty()) {
            words.add("other");
        }
        int at = pick(words);
        List<String> opposites = NameWords.opposites(words.get(at));
        if (!opposites.isEmpty() && random.nextInt(3) > 0) {
            words.set(at, pickFrom(opposites));
        } else if (words.size() > 1 && random.nextInt(3) == 0) {
            words.set(at, pickFrom(OTHERS));
        } else {
            List<String> extra = random.nextInt(4) > 0 ? NameWords.qualifiers() : OTHERS;
            words.add(random.nextBoolean() ? 0 : words.size(), pickFrom(extra));
        }
        return path.substring(0, cut) + render(words, style == Style.AS_IS ? Style.SNAKE : style);
    }

    /** A name that tells nothing. */
    String noise() {
        StringBuilder name = new StringBuilder();
        int length = random.nextBoolean() ? 40 : 6 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            name.append(Character.forDigit(random.nextInt(16), 16));
        }
        return name.toString();
    }

    private void replaceByPeer(List<String> words) {
        int at = pick(words);
        List<String> peers = NameWords.peers(words.get(at));
        words.set(at, peers.isEmpty() ? abbreviate(words.get(at)) : pickFrom(peers));
    }

    private void dropOne(List<String> words) {
        if (words.size() > 1) {
            words.remove(pick(words));
        } else {
            words.add(pickFrom(SUFFIXES));
        }
    }

    private static String abbreviate(String word) {
        if (word.length() < 5) {
            return word;
        }
        String consonants = word.substring(1).replaceAll("[aeiou]", "");
        return word.charAt(0) + consonants.substring(0, Math.min(3, consonants.length()));
    }

    private int pick(List<String> words) {
        return random.nextInt(words.size());
    }

    private <T> T pickFrom(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    static String render(List<String> words, Style style) {
        return switch (style) {
            case CAMEL -> words.get(0) + capitals(words.subList(1, words.size()));
            case PASCAL -> capitals(words);
            case LOWER -> String.join("", words);
            default -> String.join("_", words);
        };
    }

    private static String capitals(List<String> words) {
        return words.stream()
                .map(w -> w.substring(0, 1).toUpperCase(Locale.ROOT) + w.substring(1))
                .collect(Collectors.joining());
    }
}
