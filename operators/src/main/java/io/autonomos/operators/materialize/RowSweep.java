package io.autonomos.operators.materialize;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Rows that must be looked at again, since their tenants' rules changed, in small parts. */
final class RowSweep {

    /** Rows that are looked at before others have their turn. */
    private static final int PART = 500;

    private final Queue<String> keys = new ArrayDeque<>();
    private final Set<String> tenants = new HashSet<>();

    /** Adds the rows of some tenants. */
    void add(Stream<String> rows, Predicate<String> changed) {
        Iterator<String> all = rows.iterator();
        while (all.hasNext()) {
            String key = all.next();
            String tenant = Keys.tenant(key);
            if (changed.test(tenant)) {
                keys.add(key);
                tenants.add(tenant);
            }
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The tenants whose rows are not all done; what a restart must begin again. */
    Set<String> tenants() {
        return tenants;
    }

    /** What is done with a row. */
    interface Each {
        void visit(String key) throws Exception;
    }

    /** Visits the next rows. */
    void part(Each each) throws Exception {
        for (int i = 0; i < PART && !keys.isEmpty(); i++) {
            each.visit(keys.remove());
        }
        if (keys.isEmpty()) {
            tenants.clear();
        }
    }
}
