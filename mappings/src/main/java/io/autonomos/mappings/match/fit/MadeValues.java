package io.autonomos.mappings.match.fit;

import io.autonomos.mappings.match.SameRecordValues;
import io.autonomos.mappings.match.SchemaField;
import io.autonomos.mappings.match.TypeClass;
import io.autonomos.mappings.match.eval.Truth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What comparing records would show for made-up fields: true partners agree but for a few records
 * that changed meanwhile, others hardly ever, or by chance where there are few values.
 */
final class MadeValues implements SameRecordValues {

    private static final int MOST_RECORDS = 40;

    private final long seed;
    private final int records;
    private final Set<String> pairs = new HashSet<>();
    private final Map<String, TypeClass> types = new HashMap<>();

    MadeValues(List<SchemaField> before, List<Truth> truth, SplittableRandom random) {
        seed = random.nextLong();
        records = 3 + random.nextInt(MOST_RECORDS);
        before.forEach(field -> types.put(field.path(), field.typeClass()));
        for (Truth each : truth) {
            for (String after : each.after()) {
                each.before().forEach(field -> pairs.add(field + "\n" + after));
            }
        }
    }

    @Override
    public Agreement agreement(String before, String after) {
        SplittableRandom random = new SplittableRandom(seed ^ (before + "\n" + after).hashCode());
        boolean yesNo = types.get(before) == TypeClass.BOOLEAN;
        int seen = 1 + random.nextInt(records);
        int distinct = yesNo || random.nextInt(4) == 0 ? 1 + random.nextInt(3) : seen;
        double share = 0;
        if (pairs.contains(before + "\n" + after)) {
            share =
                    random.nextInt(8) == 0
                            ? random.nextDouble()
                            : 0.95 + 0.05 * random.nextDouble();
        } else if (yesNo || distinct < seen) {
            share = random.nextDouble();
        } else if (random.nextInt(25) == 0) {
            share = random.nextDouble();
        }
        int equal = (int) Math.round(seen * share);
        return new Agreement(seen, equal, Math.min(equal, distinct));
    }
}
