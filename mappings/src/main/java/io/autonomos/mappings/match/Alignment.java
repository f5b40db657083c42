package io.autonomos.mappings.match;

import java.util.ArrayList;
import java.util.List;

/** The words of two names laid side by side: what is common, what is left, what contradicts. */
final class Alignment {

    private static final double NEAR = 0.6;
    private static final double ALIKE = 0.9;

    /** Stands for words of which one is yes where the other is no. */
    private static final double TURNED = -1;

    private static final int SHORTEST_ALIKE = 3;

    private final Names names;
    private final boolean yesNo;
    private final List<String> restBefore;
    private final List<String> restAfter;
    private double totalBefore;
    private double totalAfter;
    private double exactBefore;
    private double exactAfter;
    private double softBefore;
    private double softAfter;
    private int nearPairs;
    private int inverse;

    /** Lays the words side by side; opposites of a yes or no may be one field turned round. */
    Alignment(Names names, List<String> before, List<String> after, boolean yesNo) {
        this.names = names;
        this.yesNo = yesNo;
        restBefore = new ArrayList<>(before);
        restAfter = new ArrayList<>(after);
        before.forEach(word -> totalBefore += names.weightBefore(word));
        after.forEach(word -> totalAfter += names.weightAfter(word));
        takeEqual();
        takeNear();
    }

    private void takeEqual() {
        for (int i = 0; i < restBefore.size(); ) {
            String word = restBefore.get(i);
            if (restAfter.remove(word)) {
                restBefore.remove(i);
                exactBefore += names.weightBefore(word);
                exactAfter += names.weightAfter(word);
            } else {
                i++;
            }
        }
    }

    private void takeNear() {
        for (int i = 0; i < restBefore.size(); ) {
            String word = restBefore.get(i);
            String other = bestFor(word);
            if (other == null) {
                i++;
                continue;
            }
            double credit = credit(word, other);
            if (names.vocabulary().inverse(word, other)) {
                inverse++;
            } else {
                nearPairs++;
            }
            softBefore += credit * names.weightBefore(word);
            softAfter += credit * names.weightAfter(other);
            restBefore.remove(i);
            restAfter.remove(other);
        }
    }

    private String bestFor(String word) {
        String best = null;
        double most = 0;
        for (String other : restAfter) {
            double credit = credit(word, other);
            if (credit > most) {
                most = credit;
                best = other;
            }
        }
        return best;
    }

    private double credit(String a, String b) {
        double likeness = names.likeness(a, b, this::likeness);
        return likeness == TURNED ? (yesNo ? NEAR : 0) : likeness;
    }

    private double likeness(String a, String b) {
        Vocabulary vocabulary = names.vocabulary();
        if (vocabulary.inverse(a, b)) {
            return TURNED;
        }
        if (names.apart(a, b)) {
            return 0;
        }
        if (vocabulary.near(a, b)) {
            return NEAR;
        }
        if (Math.min(a.length(), b.length()) >= SHORTEST_ALIKE
                && (a.startsWith(b) || b.startsWith(a))) {
            return NEAR;
        }
        boolean letters = Character.isLetter(a.charAt(0)) && a.length() > SHORTEST_ALIKE;
        return letters && Text.jaroWinkler(a, b) >= ALIKE ? NEAR : 0;
    }

    /** The part of the old name that the new one has, by weight of the words. */
    double coverBefore() {
        return share(exactBefore + softBefore, totalBefore);
    }

    /** The part of the new name that the old one has. */
    double coverAfter() {
        return share(exactAfter + softAfter, totalAfter);
    }

    /** As {@link #coverBefore} with equal words only. */
    double exactBefore() {
        return share(exactBefore, totalBefore);
    }

    /** As {@link #coverAfter} with equal words only. */
    double exactAfter() {
        return share(exactAfter, totalAfter);
    }

    /** The weight of what only the old name says. */
    double leftBefore() {
        return totalBefore - exactBefore - softBefore;
    }

    /** The weight of what only the new name says. */
    double leftAfter() {
        return totalAfter - exactAfter - softAfter;
    }

    /** How much both say in equal words. */
    double common() {
        return exactBefore + exactAfter;
    }

    int nearPairs() {
        return nearPairs;
    }

    int inverse() {
        return inverse;
    }

    /** Words left on both sides of which a field has only one, numbers included. */
    int contradictions() {
        int sum = 0;
        for (String a : restBefore) {
            for (String b : restAfter) {
                boolean digits = Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0));
                Vocabulary vocabulary = names.vocabulary();
                if (digits || names.apart(a, b) || vocabulary.inverse(a, b)) {
                    sum++;
                }
            }
        }
        return sum;
    }

    /** The weight of words left on either side that make another field of the same words. */
    double qualifiers() {
        double sum = 0;
        for (String word : restBefore) {
            sum += names.vocabulary().qualifier(word) ? names.weightBefore(word) : 0;
        }
        for (String word : restAfter) {
            sum += names.vocabulary().qualifier(word) ? names.weightAfter(word) : 0;
        }
        return sum;
    }

    /** How many words that say something are left on the old name's side. */
    long telling(boolean ofBefore) {
        return (ofBefore ? restBefore : restAfter)
                .stream().filter(word -> !names.empty(word)).count();
    }

    /** What must be taken away and added to make the one name of the other. */
    String rule() {
        return String.join(" ", restBefore) + ">" + String.join(" ", restAfter);
    }

    private static double share(double part, double total) {
        return total <= 0 ? 0 : part / total;
    }
}
