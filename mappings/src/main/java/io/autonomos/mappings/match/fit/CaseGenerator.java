package io.autonomos.mappings.match.fit;

import io.autonomos.mappings.match.SameRecordValues;
import io.autonomos.mappings.match.SchemaChange;
import io.autonomos.mappings.match.SchemaField;
import io.autonomos.mappings.match.ValueProfile;
import io.autonomos.mappings.match.eval.DriftCase;
import io.autonomos.mappings.match.eval.Truth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes cases of cases: partners taken away so that only lookalikes stay, changes run backwards,
 * fields renamed the way vendors do, one entity put in the place of another. Each comes from its
 * own seed, so the same cases give the same ones.
 */
public final class CaseGenerator {

    private static final int MOST_FIELDS = 40;
    private static final double CUT_WEIGHT = 0.3;
    private static final double BACK_WEIGHT = 0.2;
    private static final double MADE_WEIGHT = 0.15;
    private static final int DECOYS = 3;
    private static final double DECOY_WEIGHT = 1;
    private static final double SWAP_WEIGHT = 0.4;

    private static final List<String> OBJECTS =
            List.of("owner", "creator", "account_id", "contact", "parent", "assignee", "address");
    private static final List<String> LEAVES =
            List.of("id", "name", "email", "active_flag", "type", "url", "value", "label");

    private final long seed;

    /** A generator; another seed makes other cases. */
    public CaseGenerator(long seed) {
        this.seed = seed;
    }

    /** Cases made of the given ones, with what they count. */
    public List<MatchFitter.Generated> from(List<DriftCase> cases) {
        List<MatchFitter.Generated> made = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            DriftCase base = cases.get(i);
            SplittableRandom random = new SplittableRandom(seed * 31 + base.id().hashCode());
            made.add(new MatchFitter.Generated(cut(base, random), CUT_WEIGHT));
            made.add(new MatchFitter.Generated(cut(base, random), CUT_WEIGHT));
            made.add(new MatchFitter.Generated(cut(back(base), random), BACK_WEIGHT));
            made.add(made(base, base.change().before(), random));
            made.add(made(base, base.change().after(), random));
            for (List<SchemaField> fields :
                    List.of(base.change().before(), base.change().after())) {
                for (int k = 0; k < DECOYS; k++) {
                    DriftCase decoy = DecoyCases.of(base, fields, random);
                    made.add(new MatchFitter.Generated(decoy, DECOY_WEIGHT));
                }
            }
            DriftCase other = cases.get(random.nextInt(cases.size()));
            if (!other.change().stream().equals(base.change().stream())) {
                made.add(new MatchFitter.Generated(swap(base, other, random), SWAP_WEIGHT));
            }
        }
        return made;
    }

    private static MatchFitter.Generated made(
            DriftCase base, List<SchemaField> fields, SplittableRandom random) {
        return new MatchFitter.Generated(rename(base, fields, random), MADE_WEIGHT);
    }

    /** Takes fields away on either side: what is left has no partner but may have lookalikes. */
    private static DriftCase cut(DriftCase base, SplittableRandom random) {
        double lost = 0.1 + 0.5 * random.nextDouble();
        List<Truth> truth = new ArrayList<>();
        Set<String> drop = new HashSet<>();
        for (Truth each : base.truth()) {
            boolean paired = !each.before().isEmpty() && !each.after().isEmpty();
            boolean lose = paired && !each.kind().equals("same") && random.nextDouble() < lost;
            if (lose) {
                drop.addAll(each.after());
                truth.add(new Truth(each.before(), List.of(), "removed", ""));
            } else {
                truth.add(each);
            }
        }
        List<SchemaField> after =
                base.change().after().stream().filter(f -> !drop.contains(f.path())).toList();
        return remake(base, "cut", base.change().before(), after, truth);
    }

    private static DriftCase back(DriftCase base) {
        List<Truth> truth = new ArrayList<>();
        for (Truth each : base.truth()) {
            String kind =
                    switch (each.kind()) {
                        case "removed" -> "added";
                        case "added" -> "removed";
                        case "split" -> "merged";
                        case "merged" -> "split";
                        default -> each.kind();
                    };
            List<String> was = each.after();
            List<String> now = each.before();
            truth.add(new Truth(was, now, kind, each.difficulty()));
        }
        List<SchemaField> was = base.change().after();
        List<SchemaField> now = base.change().before();
        return remake(base, "back", was, now, truth);
    }

    /** One entity in the place of another: no field has a partner. */
    private static DriftCase swap(DriftCase base, DriftCase other, SplittableRandom random) {
        List<SchemaField> before = some(base.change().before(), random);
        List<SchemaField> after = some(other.change().after(), random);
        for (int few = 4 + random.nextInt(20); after.size() > few; ) {
            after.remove(random.nextInt(after.size()));
        }
        List<Truth> truth = new ArrayList<>();
        before.forEach(f -> truth.add(new Truth(List.of(f.path()), List.of(), "removed", "")));
        return new DriftCase(
                base.id() + "#swap",
                "generated",
                base.source() + "_" + other.source(),
                new SchemaChange(base.change().stream(), before, after),
                truth);
    }

    private static List<SchemaField> some(List<SchemaField> fields, SplittableRandom random) {
        List<SchemaField> some = new ArrayList<>(fields);
        while (some.size() > MOST_FIELDS) {
            some.remove(random.nextInt(some.size()));
        }
        return some;
    }

    private static DriftCase remake(
            DriftCase base,
            String how,
            List<SchemaField> before,
            List<SchemaField> after,
            List<Truth> truth) {
        return new DriftCase(
                base.id() + "#" + how,
                "generated",
                String.join("_", base.vendors()),
                new SchemaChange(base.change().stream(), before, after),
                truth);
    }

    /** Fields renamed, taken away and added as vendors do. */
    static DriftCase rename(DriftCase base, List<SchemaField> all, SplittableRandom random) {
        List<SchemaField> fields = some(withObjects(all, random), random);
        Draft draft = new Draft(base.change().stream(), fields, random);
        fields.forEach(draft::change);
        return new DriftCase(
                base.id() + "#made",
                "generated",
                String.join("_", base.vendors()),
                new SchemaChange(
                        base.change().stream(), fields, draft.after, values(fields, draft, random)),
                draft.truth);
    }

    /** In every other case records were seen before and after. */
    private static SameRecordValues values(
            List<SchemaField> fields, Draft draft, SplittableRandom random) {
        return random.nextBoolean()
                ? SameRecordValues.NONE
                : new MadeValues(fields, draft.truth, random);
    }

    /** The fields, and now and then objects that they refer to, with fields of common names. */
    private static List<SchemaField> withObjects(List<SchemaField> all, SplittableRandom random) {
        List<SchemaField> fields = new ArrayList<>(all);
        int objects = Math.max(0, random.nextInt(5) - 2);
        Set<String> taken = new HashSet<>();
        all.forEach(field -> taken.add(field.path()));
        for (int i = 0; i < objects && !all.isEmpty(); i++) {
            String parent = OBJECTS.get(random.nextInt(OBJECTS.size()));
            for (String leaf : LEAVES) {
                String path = parent + "." + leaf;
                if (random.nextBoolean() && taken.add(path)) {
                    boolean flag = leaf.contains("active");
                    String type = flag ? "boolean" : leaf.equals("id") ? "integer" : "string";
                    fields.add(new SchemaField(path, type, ValueProfile.UNKNOWN));
                }
            }
        }
        return fields;
    }

    /** The new schema while it is made. */
    private static final class Draft {

        private final SplittableRandom random;
        private final Renamer renamer;
        private final Renamer.Style style;
        private final String entity;
        private final String nest;
        private final double share;
        private final Set<String> taken = new HashSet<>();
        private final List<SchemaField> after = new ArrayList<>();
        private final List<Truth> truth = new ArrayList<>();
        private final double decoys;

        Draft(String stream, List<SchemaField> fields, SplittableRandom random) {
            this.random = random;
            renamer = new Renamer(random);
            boolean trap = random.nextBoolean();
            decoys = trap ? 1 : 0.3;
            boolean restyled = !trap && random.nextInt(2) == 0;
            style = restyled ? renamer.style() : Renamer.Style.AS_IS;
            entity = stream.isEmpty() ? "record" : stream.split("_")[0].toLowerCase(Locale.ROOT);
            String[] nests = {"data", "properties", "attributes", "fields", entity};
            nest = !trap && random.nextInt(3) == 0 ? nests[random.nextInt(nests.length)] : "";
            share = 0.1 + 0.5 * random.nextDouble();
            fields.forEach(field -> taken.add(field.path()));
        }

        void change(SchemaField field) {
            double dice = random.nextDouble();
            String common = nest(restyle(field.path()));
            if (dice < 0.15) {
                truth.add(new Truth(List.of(field.path()), List.of(), "removed", ""));
                if (random.nextDouble() < decoys) {
                    add(field, nest(renamer.lookalike(field.path(), style)));
                }
            } else if (dice < 0.15 + share) {
                rename(field, nest(renamer.rename(field.path(), entity, style)));
            } else if (common.equals(field.path())) {
                keep(field);
            } else {
                rename(field, common);
            }
            if (random.nextInt(6) == 0) {
                add(field, nest(renamer.lookalike(field.path(), style)));
            }
        }

        private String restyle(String path) {
            return style == Renamer.Style.AS_IS ? path : renamer.restyle(path, style);
        }

        private String nest(String path) {
            return nest.isEmpty() ? path : nest + "." + path;
        }

        private void keep(SchemaField field) {
            after.add(new SchemaField(field.path(), type(field), field.profile()));
            truth.add(new Truth(List.of(field.path()), List.of(field.path()), "same", ""));
        }

        private String type(SchemaField field) {
            if (random.nextInt(12) > 0) {
                return field.type();
            }
            return switch (field.typeClass()) {
                case INTEGER -> random.nextBoolean() ? "string" : "number";
                case DECIMAL -> random.nextBoolean() ? "integer" : "string";
                case TIME -> random.nextBoolean() ? "integer" : "string";
                case TEXT -> random.nextBoolean() ? "object" : "integer";
                case DATE -> "timestamp";
                case BOOLEAN, UUID -> "string";
                default -> field.type();
            };
        }

        private void rename(SchemaField field, String name) {
            if (!taken.add(name)) {
                keep(field);
                return;
            }
            after.add(new SchemaField(name, type(field), profile(field)));
            truth.add(new Truth(List.of(field.path()), List.of(name), "renamed", ""));
            if (random.nextInt(decoys == 1 ? 5 : 15) == 0) {
                // The old name comes back for something else.
                after.add(new SchemaField(field.path(), otherType(field), ValueProfile.UNKNOWN));
                truth.add(new Truth(List.of(), List.of(field.path()), "added", ""));
            }
        }

        private void add(SchemaField model, String name) {
            if (taken.add(name)) {
                boolean sameType = random.nextInt(4) > 0;
                String type = sameType ? model.type() : otherType(model);
                after.add(new SchemaField(name, type, sameType ? profile(model) : null));
                truth.add(new Truth(List.of(), List.of(name), "added", ""));
            }
        }

        private ValueProfile profile(SchemaField field) {
            return random.nextInt(3) == 0 ? ValueProfile.UNKNOWN : field.profile();
        }

        private String otherType(SchemaField field) {
            String[] types = {"string", "integer", "boolean", "timestamp", "uuid", "object"};
            String type = types[random.nextInt(types.length)];
            return type.equalsIgnoreCase(field.type()) ? "number" : type;
        }
    }
}
