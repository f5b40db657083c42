package io.autonomos.mappings.infer;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Guesses which entity sample records are and which of their fields are its fields: by the names
 * that the mappings of other systems use, and by whether the values fit.
 */
public final class Inference {

    private static final double LEAST_CONFIDENCE = 0.3;
    private static final double LEAST_SHARE = 0.6;
    private static final double LEAST_OVERLAP = 0.5;
    private static final double REPEATED = 0.3;
    private static final double OF_ANOTHER = 0.5;
    private static final Set<String> BARE =
            Set.of("value", "amount", "name", "text", "code", "id", "no", "number", "nr", "ref");

    private final Sample sample;
    private final Vocabulary vocabulary;
    private final EntitySchema entity;
    private final List<Proposal> proposals;

    private Inference(Sample sample, Vocabulary vocabulary, String stream, EntitySchema wanted) {
        this.sample = sample;
        this.vocabulary = vocabulary;
        this.entity = wanted != null ? wanted : guess(stream);
        this.proposals = propose(entity);
    }

    /**
     * Drafts from records.
     *
     * @param stream the stream's name, which often tells the entity
     * @param entity the entity where it is known, or null
     */
    public static Inference of(List<byte[]> records, String stream, String entity) {
        return of(records, stream, entity, MappingCatalog.shipped().mappings());
    }

    static Inference of(
            List<byte[]> records, String stream, String entity, Collection<Mapping> known) {
        EntitySchema wanted = entity == null ? null : EntityModel.shipped().entity(entity);
        return new Inference(new Sample(records), new Vocabulary(known), stream, wanted);
    }

    /** Whether a name is the plural or singular of something that systems call an entity by. */
    public static boolean namesEntity(String name) {
        List<String> words = Names.words(name);
        return words.size() == 1 && Vocabulary.namesEntity(singular(words.get(0)));
    }

    /** The entity's name. */
    public String entity() {
        return entity.name();
    }

    List<Proposal> proposals() {
        return proposals;
    }

    Sample sample() {
        return sample;
    }

    EntitySchema schema() {
        return entity;
    }

    /** The fields of the sample that nothing is proposed for. */
    List<SampleField> rest() {
        Set<SourcePath> taken = new HashSet<>();
        proposals.forEach(each -> taken.add(each.path()));
        return sample.fields().stream().filter(f -> !taken.contains(f.path())).toList();
    }

    /** The entity whose fields are found best; the stream's name counts as much as three fields. */
    private EntitySchema guess(String stream) {
        List<String> words = Names.words(stream);
        EntitySchema best = null;
        double most = -1;
        for (EntitySchema each : EntityModel.shipped().entities()) {
            double score = 0;
            for (Proposal proposal : propose(each)) {
                boolean telling = proposal.evidence() == Evidence.KNOWN_NAME;
                score += proposal.confidence() * (telling ? 1 : 0.5);
            }
            score /= Math.sqrt(each.fields().size());
            Set<String> own = new LinkedHashSet<>(Vocabulary.entityWords(each.name()));
            own.addAll(MappingCatalog.names(each.name()));
            boolean named =
                    words.stream().anyMatch(w -> own.contains(w) || own.contains(singular(w)));
            score += named ? 3 / Math.sqrt(each.fields().size()) : 0;
            if (score > most) {
                most = score;
                best = each;
            }
        }
        return best;
    }

    private static String singular(String word) {
        if (word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }

    /** One source field per canonical field and back, the surest first. */
    private List<Proposal> propose(EntitySchema target) {
        List<Proposal> all = new ArrayList<>();
        for (EntityField field : target.fields()) {
            for (SampleField candidate : sample.fields()) {
                Proposal proposal = propose(target, field, candidate);
                if (proposal != null && proposal.confidence() >= LEAST_CONFIDENCE) {
                    all.add(proposal);
                }
            }
        }
        all.sort(
                Comparator.comparingDouble((Proposal p) -> -p.confidence())
                        .thenComparing(p -> p.path().steps().size())
                        .thenComparing(p -> p.path().toString()));
        Set<SourcePath> paths = new HashSet<>();
        Set<EntityField> fields = new HashSet<>();
        List<Proposal> chosen = new ArrayList<>();
        for (Proposal each : all) {
            if (!paths.contains(each.path()) && fields.add(each.field())) {
                paths.add(each.path());
                chosen.add(each);
            }
        }
        chosen.sort(Comparator.comparingInt(p -> p.field().index()));
        return chosen;
    }

    private Proposal propose(EntitySchema target, EntityField field, SampleField candidate) {
        if (candidate.path().toString().chars().anyMatch(Character::isISOControl)) {
            return null; // no file can name it
        }
        Fit fit = Fit.of(field, candidate);
        if (fit.share() < LEAST_SHARE) {
            return null;
        }
        Named named = evidence(target, field, candidate, fit);
        if (named == null) {
            return null;
        }
        double confidence =
                named.evidence.confidence() * fit.share() * fitness(target, field, candidate);
        String reason = named.evidence.reason(named.known);
        if (fit.reason() != null && named.evidence != Evidence.VALUES) {
            reason += ", " + fit.reason();
        } else if (fit.reason() != null) {
            reason = fit.reason();
        }
        return new Proposal(field, candidate.path(), named.evidence, confidence, fit, reason);
    }

    /**
     * Ids tell records apart, names do as a rule; and both are of the entity, not of what it is
     * linked to: the ref of a customer inside a deal is not the deal's.
     */
    private static double fitness(EntitySchema target, EntityField field, SampleField candidate) {
        boolean identity = target.soleIdentity() != null && target.soleIdentity().equals(field);
        boolean name = field.name().equals("name");
        if (!identity && !name) {
            return 1;
        }
        double fitness = 1;
        int distinct = candidate.values().size();
        if (identity ? candidate.repeats() : distinct == 1 && candidate.present() > 2) {
            fitness = REPEATED;
        }
        List<SourcePath.Step> steps = candidate.path().steps();
        String above = steps.size() > 1 ? steps.get(steps.size() - 2).name() : null;
        if (above != null) {
            String holder = singular(Names.key(above));
            boolean own = Vocabulary.entityWords(target.name()).contains(holder);
            boolean other =
                    Vocabulary.namesEntity(holder)
                            || Vocabulary.isSynonym(target.name(), "owner_id", holder);
            fitness *= !own && other ? OF_ANOTHER : 1;
        }
        return fitness;
    }

    private record Named(Evidence evidence, String known) {}

    private Named evidence(EntitySchema target, EntityField field, SampleField candidate, Fit fit) {
        List<String> words = Names.words(candidate.name());
        String key = String.join("", words);
        String own = Names.key(field.name());
        String entityName = target.name();
        boolean identity = target.identity().contains(field.name());
        boolean reference = !identity && field.name().endsWith("_id");
        if (vocabulary.knows(entityName, field.name(), key)) {
            return new Named(Evidence.KNOWN_NAME, candidate.name());
        }
        if (key.equals(own)) {
            return new Named(Evidence.CANONICAL_NAME, candidate.name());
        }
        if (identity && isOwnId(entityName, words)) {
            return new Named(Evidence.KNOWN_WITHOUT_ENTITY, "the id");
        }
        String bare = String.join("", Vocabulary.withoutEntity(entityName, words));
        if (!bare.equals(key)
                && !reference
                && (bare.equals(own) || vocabulary.knows(entityName, field.name(), bare))) {
            return new Named(Evidence.KNOWN_WITHOUT_ENTITY, bare);
        }
        if (!identity && !reference && vocabulary.knowsAnywhere(field.name(), key)) {
            return new Named(Evidence.KNOWN_ELSEWHERE, candidate.name());
        }
        if (Vocabulary.isSynonym(entityName, field.name(), key)
                || Vocabulary.isSynonym(entityName, field.name(), holder(candidate, words))
                || Vocabulary.isSynonym(entityName, field.name(), withoutUnit(words))) {
            return new Named(Evidence.SYNONYM, candidate.name());
        }
        if (shares(words, Names.words(field.name()))) {
            return new Named(Evidence.SHARED_WORDS, field.name());
        }
        if (Fit.SHAPED.contains(field.name()) && fit.reason() != null && fit.share() == 1) {
            return new Named(Evidence.VALUES, field.name());
        }
        return null;
    }

    /** The words run together without a currency's code behind them, as in Umsatz (EUR). */
    private static String withoutUnit(List<String> words) {
        boolean unit =
                words.size() > 1
                        && Set.of("eur", "usd", "gbp", "chf").contains(words.get(words.size() - 1));
        return String.join("", unit ? words.subList(0, words.size() - 1) : words);
    }

    /** The name above a name that says nothing by itself, such as value; or empty text. */
    private static String holder(SampleField candidate, List<String> words) {
        List<SourcePath.Step> steps = candidate.path().steps();
        boolean isBare = words.size() == 1 && BARE.contains(words.get(0));
        String above = isBare && steps.size() > 1 ? steps.get(steps.size() - 2).name() : null;
        return above == null ? "" : Names.key(above);
    }

    /** Such as id, deal_id, DealNo or customer number, on the entity that these name. */
    private static boolean isOwnId(String entity, List<String> words) {
        Set<String> ids =
                Set.of("id", "no", "number", "nr", "key", "guid", "uuid", "pk", "code", "ref");
        List<String> left = Vocabulary.withoutEntity(entity, words);
        if (words.size() == 1 && !ids.contains(words.get(0))) {
            String compound = words.get(0); // as German joins them: kundennr
            return Vocabulary.entityWords(entity).stream()
                    .filter(compound::startsWith)
                    .map(word -> compound.substring(word.length()))
                    .anyMatch(rest -> Set.of("nr", "nummer", "id").contains(rest));
        }
        return !words.isEmpty()
                && ids.contains(words.get(words.size() - 1))
                && (words.size() == 1 || (left.size() == 1 && left.size() < words.size()));
    }

    private static boolean shares(List<String> words, List<String> known) {
        int both = 0;
        boolean telling = false;
        for (String word : known) {
            String match = words.stream().filter(w -> isForm(w, word)).findFirst().orElse(null);
            both += match == null ? 0 : 1;
            telling |= match != null && word.length() > 3 && !word.equals("name");
        }
        int all = words.size() + known.size() - both;
        return telling && (double) both / all >= LEAST_OVERLAP;
    }

    /** Whether two words are one, or forms of one, such as close and closing. */
    private static boolean isForm(String word, String other) {
        int common = Math.min(word.length(), other.length());
        int stem = Math.max(4, common - 1);
        return word.equals(other)
                || (common >= stem
                        && Math.abs(word.length() - other.length()) <= 3
                        && word.startsWith(other.substring(0, stem)));
    }
}
