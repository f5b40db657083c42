package io.autonomos.jobs.demo;

import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.graph.GraphImage;
import io.autonomos.jobs.verify.Tally;
import io.autonomos.jobs.verify.VerifyReport;
import io.autonomos.jobs.verify.VerifyResult;
import io.autonomos.jobs.verify.ViewKey;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.messages.ViewAccount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The demo's final account: per tenant what came in and became of it, per store its rows. */
public final class DemoReport {

    /** One tenant's sums over its streams. */
    private static final class Tenant {
        private long in;
        private final Map<String, Long> canonical = new TreeMap<>();
        private long filtered;
        private long parked;
        private long deadLettered;
        private long residual;
        private long applied;
        private long duplicate;
        private long stale;
        private long unmade;

        void add(LedgerEntry entry, ViewAccount views) {
            unmade += LedgerBook.onTheWay(entry, views);
            if (views != null) {
                applied += views.applied();
                duplicate += views.duplicate();
                stale += views.stale();
            }
            in += entry.in();
            filtered += entry.filtered();
            parked += entry.parked();
            deadLettered += entry.deadLettered();
            residual += entry.residual();
            if (entry.canonical() > 0) {
                canonical.merge(entry.entity(), entry.canonical(), Long::sum);
            }
        }
    }

    private final Map<String, Tenant> tenants = new TreeMap<>();
    private final Map<String, Map<String, Long>> stores;
    private final VerifyResult views;
    private final Map<String, Long> candidates;
    private final SharedContact shared;
    private final Map<String, GraphImage> graphs;
    private final double seconds;

    DemoReport(
            LedgerBook ledger,
            Map<String, Map<String, Long>> stores,
            VerifyResult views,
            Map<String, Long> candidates,
            SharedContact shared,
            Map<String, GraphImage> graphs,
            double seconds) {
        for (LedgerEntry entry : ledger.accounts()) {
            tenants.computeIfAbsent(entry.key().tenant(), t -> new Tenant())
                    .add(entry, ledger.view(entry.key()));
        }
        this.views = views;
        this.candidates = candidates;
        this.shared = shared;
        this.graphs = graphs;
        this.stores = stores;
        this.seconds = seconds;
    }

    /** Whether every record is accounted for and the stores agree. */
    public boolean isSound() {
        return tenants.values().stream().allMatch(t -> t.residual == 0 && t.unmade == 0)
                && stores.values().stream().distinct().count() == 1
                && views.isEqual();
    }

    /** The report as plain values, for JSON. */
    public Map<String, Object> toJson() {
        List<Map<String, Object>> list = new ArrayList<>();
        tenants.forEach(
                (name, tenant) -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("tenant", name);
                    row.put("in", tenant.in);
                    row.put("canonical", tenant.canonical);
                    row.put("filtered", tenant.filtered);
                    row.put("parked", tenant.parked);
                    row.put("dead_lettered", tenant.deadLettered);
                    row.put("residual", tenant.residual);
                    row.put("applied", tenant.applied);
                    row.put("duplicate", tenant.duplicate);
                    row.put("stale", tenant.stale);
                    row.put("views_residual", tenant.unmade);
                    list.add(row);
                });
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("tenants", list);
        report.put("stores", stores);
        report.put("views", new VerifyReport(views).toJson());
        report.put("merge_candidates", candidates);
        report.put("shared_contact", shared.toJson());
        Map<String, String> summaries = new TreeMap<>();
        graphs.forEach((tenant, graph) -> summaries.put(tenant, graph.summary()));
        report.put("graphs", summaries);
        report.put("seconds", Math.round(seconds * 10) / 10.0);
        return report;
    }

    /** The report as tables. */
    public String toText() {
        Set<String> entities = new TreeSet<>();
        tenants.values().forEach(t -> entities.addAll(t.canonical.keySet()));
        stores.values().forEach(s -> entities.addAll(s.keySet()));
        return String.join(
                "\n",
                records(entities) + parked(),
                versions().toString(),
                liveRows(entities).toString(),
                unifiedRows(entities).toString(),
                shared.toText(),
                graphs());
    }

    private String parked() {
        long parked = tenants.values().stream().mapToLong(tenant -> tenant.parked).sum();
        return parked == 0
                ? ""
                : """
                %d records are parked: they lack a field that their stream always had. Most go on in a few seconds;
                `autonomos drift list` and `autonomos review list` show the others.
                """
                        .formatted(parked);
    }

    private TextTable records(Set<String> entities) {
        TextTable table = new TextTable();
        List<String> head = new ArrayList<>(List.of("tenant", "in"));
        head.addAll(entities);
        head.addAll(List.of("filtered", "parked", "dead letters", "residual"));
        table.row(head);
        tenants.forEach(
                (name, tenant) -> {
                    List<String> row = new ArrayList<>(List.of(name, "" + tenant.in));
                    entities.forEach(e -> row.add("" + tenant.canonical.getOrDefault(e, 0L)));
                    row.add("" + tenant.filtered);
                    row.add("" + tenant.parked);
                    row.add("" + tenant.deadLettered);
                    row.add("" + tenant.residual);
                    table.row(row);
                });
        return table;
    }

    private TextTable versions() {
        TextTable table = new TextTable();
        table.row(List.of("views", "applied", "duplicate", "stale", "residual"));
        tenants.forEach(
                (name, tenant) ->
                        table.row(
                                List.of(
                                        name,
                                        "" + tenant.applied,
                                        "" + tenant.duplicate,
                                        "" + tenant.stale,
                                        "" + tenant.unmade)));
        return table;
    }

    private TextTable liveRows(Set<String> entities) {
        TextTable table = new TextTable();
        List<String> head = new ArrayList<>(List.of("live rows"));
        head.addAll(entities);
        table.row(head);
        stores.forEach(
                (store, counts) -> {
                    List<String> row = new ArrayList<>(List.of(store));
                    entities.forEach(e -> row.add("" + counts.getOrDefault(e, 0L)));
                    table.row(row);
                });
        return table;
    }

    private String graphs() {
        TextTable table = TextTable.ofText();
        table.row(List.of("graph of", "joins"));
        graphs.forEach((tenant, graph) -> table.row(List.of(tenant, graph.summary())));
        return table.toString();
    }

    private TextTable unifiedRows(Set<String> entities) {
        TextTable table = new TextTable();
        List<String> head = new ArrayList<>(List.of("unified rows"));
        head.addAll(entities);
        head.addAll(List.of("stores", "may be one"));
        table.row(head);
        for (String tenant : tenants.keySet()) {
            List<String> row = new ArrayList<>(List.of(tenant));
            boolean equal = true;
            for (String entity : entities) {
                ViewKey key = new ViewKey(tenant, entity);
                Map<String, Tally> tallies = views.all().getOrDefault(key, Map.of());
                row.add("" + tallies.values().stream().mapToLong(Tally::count).max().orElse(0));
                equal &= !views.different().containsKey(key);
            }
            row.add(equal ? "equal" : "DIFFERENT");
            row.add("" + candidates.getOrDefault(tenant, 0L));
            table.row(row);
        }
        return table;
    }

    /** The comparison of the stores' unified rows. */
    public String toVerification() {
        return new VerifyReport(views).toText();
    }
}
