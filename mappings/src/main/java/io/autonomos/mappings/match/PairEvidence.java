package io.autonomos.mappings.match;

import java.util.List;

/** What a pair of fields, looked at by itself, says about being one and the same. */
final class PairEvidence {

    /** The value of evidence that is missing. */
    static final double MISSING = -1;

    private final SchemaChange change;
    private final Names names;
    private final double kept;
    private final double shortage;

    /** By identity: many pairs share a profile, which is large to compare. */
    PairEvidence(SchemaChange change, Names names) {
        this.change = change;
        this.names = names;
        int all = Math.max(1, change.before().size());
        kept = 1 - (double) change.gone().size() / all;
        double balance = (1.0 + change.candidates().size()) / (1.0 + change.gone().size());
        shortage = Math.min(0, Math.log(balance));
    }

    /** The evidence by {@link Feature#index}; the later ones are left at 0. */
    double[] of(SchemaField before, SchemaField after) {
        double[] f = new double[Feature.values().length];
        FieldName b = names.before(before.path());
        FieldName a = names.after(after.path());
        spelling(f, b, a);
        words(f, b, a, booleanLike(before, b) && booleanLike(after, a));
        types(f, before, after, b, a);
        values(f, before.profile(), after.profile());
        records(f, change.values().agreement(before.path(), after.path()));
        f[Feature.KEPT.index()] = kept;
        f[Feature.SHORTAGE.index()] = shortage;
        return f;
    }

    private static void spelling(double[] f, FieldName b, FieldName a) {
        f[Feature.SAME_PATH.index()] = is(b.path().equals(a.path()));
        f[Feature.SAME_LETTERS.index()] = is(b.joined().equals(a.joined()));
        f[Feature.SAME_LEAF.index()] = is(b.leafJoined().equals(a.leafJoined()));
        f[Feature.JARO_WINKLER.index()] = Text.jaroWinkler(b.joined(), a.joined());
        f[Feature.LEAF_JARO_WINKLER.index()] = Text.jaroWinkler(b.leafJoined(), a.leafJoined());
        f[Feature.TRIGRAMS.index()] = Text.trigrams(b.joined(), a.joined());
        f[Feature.CONTAINMENT.index()] = Text.containment(b.joined(), a.joined());
        f[Feature.PARENT_SAME.index()] = is(b.parent().equals(a.parent()));
    }

    private void words(double[] f, FieldName b, FieldName a, boolean yesNo) {
        Alignment whole = new Alignment(names, b.meanings(), a.meanings(), yesNo);
        Alignment leaf = new Alignment(names, b.leaf(), a.leaf(), yesNo);
        f[Feature.SAME_WORDS.index()] = is(b.words().equals(a.words()));
        f[Feature.SAME_MEANING.index()] = is(whole.rule().equals(">"));
        f[Feature.COVER_BEFORE.index()] = whole.coverBefore();
        f[Feature.COVER_AFTER.index()] = whole.coverAfter();
        f[Feature.EXACT_BEFORE.index()] = whole.exactBefore();
        f[Feature.EXACT_AFTER.index()] = whole.exactAfter();
        f[Feature.LEFT_BEFORE.index()] = whole.leftBefore();
        f[Feature.LEFT_AFTER.index()] = whole.leftAfter();
        f[Feature.COMMON.index()] = whole.common();
        f[Feature.LEAF_COVER_BEFORE.index()] = leaf.coverBefore();
        f[Feature.LEAF_COVER_AFTER.index()] = leaf.coverAfter();
        f[Feature.LEAF_LEFT.index()] = leaf.leftBefore() + leaf.leftAfter();
        f[Feature.TELLING_BEFORE.index()] = whole.telling(true);
        f[Feature.TELLING_AFTER.index()] = whole.telling(false);
        f[Feature.HEAD.index()] = head(b.leaf(), a.leaf(), yesNo);
        f[Feature.CONTRADICTIONS.index()] = whole.contradictions();
        f[Feature.QUALIFIERS.index()] = whole.qualifiers();
        f[Feature.NEAR_PAIRS.index()] = whole.nearPairs();
        f[Feature.INVERSE.index()] = whole.inverse();
    }

    /** Whether the last words that say something agree: 1 equal, 0 different, -1 exclusive. */
    private double head(List<String> before, List<String> after, boolean yesNo) {
        String b = last(before);
        String a = last(after);
        if (b.equals(a)) {
            return 1;
        }
        Vocabulary vocabulary = names.vocabulary();
        if (vocabulary.inverse(a, b)) {
            return yesNo ? 0.5 : -1;
        }
        if (names.apart(a, b)) {
            return -1;
        }
        return vocabulary.near(a, b) ? 0.5 : 0;
    }

    private String last(List<String> words) {
        for (int i = words.size() - 1; i >= 0; i--) {
            String word = words.get(i);
            if (!names.vocabulary().filler(word) && !names.vocabulary().time(word)) {
                return word;
            }
        }
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }

    private static void types(
            double[] f, SchemaField before, SchemaField after, FieldName b, FieldName a) {
        TypeClass from = before.typeClass();
        TypeClass to = after.typeClass();
        f[Feature.TYPE_SAME.index()] = is(before.type().equalsIgnoreCase(after.type()));
        f[Feature.TYPE_FIT.index()] = from.compatibility(to);
        f[Feature.TYPE_KNOWN.index()] = is(from != TypeClass.UNKNOWN && to != TypeClass.UNKNOWN);
        f[Feature.TIME_LIKE.index()] = both(timeLike(before, b), timeLike(after, a));
        f[Feature.BOOLEAN_LIKE.index()] = both(booleanLike(before, b), booleanLike(after, a));
        f[Feature.ID_LIKE.index()] = both(b.leaf().contains("id"), a.leaf().contains("id"));
    }

    private static boolean timeLike(SchemaField field, FieldName name) {
        TypeClass type = field.typeClass();
        if (type == TypeClass.DATE || type == TypeClass.TIME) {
            return true;
        }
        boolean mayBe = type != TypeClass.BOOLEAN && type != TypeClass.OBJECT;
        ValueProfile p = field.profile();
        return p.share(ValueKind.DATE) + p.share(ValueKind.DATE_TIME) > 0.5
                || (mayBe && name.leaf().contains("time"));
    }

    private static boolean booleanLike(SchemaField field, FieldName name) {
        return field.typeClass() == TypeClass.BOOLEAN
                || field.profile().share(ValueKind.BOOLEAN) > 0.5
                || name.leaf().contains("is")
                || name.leaf().contains("flag");
    }

    /** 1 when both are, 0 when neither is, -1 when only one is. */
    private static double both(boolean b, boolean a) {
        return b && a ? 1 : b == a ? 0 : -1;
    }

    private void values(double[] f, ValueProfile before, ValueProfile after) {
        if (!before.known() || !after.known()) {
            f[Feature.KIND_AGREEMENT.index()] = 0.5;
            f[Feature.LENGTH_RATIO.index()] = 0.5;
            return;
        }
        f[Feature.KIND_AGREEMENT.index()] = before.kindAgreement(after);
        f[Feature.OVERLAP.index()] = before.distinct().overlap(after.distinct());
        f[Feature.WORD_OVERLAP.index()] = before.words().overlap(after.words());
        f[Feature.LENGTH_RATIO.index()] =
                (1 + Math.min(before.length(), after.length()))
                        / (1 + Math.max(before.length(), after.length()));
        double gap = Math.abs(before.magnitude() - after.magnitude());
        f[Feature.MAGNITUDE.index()] = Double.isNaN(gap) ? 0 : gap;
    }

    private static void records(double[] f, SameRecordValues.Agreement agreement) {
        boolean seen = agreement.records() > 0;
        f[Feature.RECORD_SHARE.index()] = seen ? agreement.share() : 0.5;
        f[Feature.RECORD_SUPPORT.index()] = seen ? Math.log1p(agreement.records()) : MISSING;
        f[Feature.RECORD_DISTINCT.index()] = seen ? Math.log1p(agreement.distinct()) : MISSING;
    }

    private static double is(boolean what) {
        return what ? 1 : 0;
    }
}
