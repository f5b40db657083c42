package io.autonomos.operators.sink;

import java.util.List;

/**
 * The aggregates that the agents revops and finops read, as SQL views over the unified rows. One
 * text for PostgreSQL and DuckDB, so it uses only what both understand alike.
 *
 * <p>They hold no state. Money is only added up within one currency; rows without a currency are a
 * group of their own.
 */
public final class AgentViews {

    /** A stage that is only a number says nothing; the chance of winning that goes with it does. */
    private static final String OUTCOME =
            "CASE WHEN stage ILIKE '%lost%' THEN 'lost' WHEN stage ILIKE '%won%' THEN 'won'"
                    + " WHEN stage ~ '^[0-9]+$' AND probability = 100 THEN 'won'"
                    + " WHEN stage ~ '^[0-9]+$' AND probability = 0 THEN 'lost'"
                    + " ELSE 'open' END";

    private static final String WON = "(" + OUTCOME + ") = 'won'";
    private static final String LOST = "(" + OUTCOME + ") = 'lost'";
    private static final String OPEN = "(" + OUTCOME + ") = 'open'";

    /** The cloud account that the resource's id names: of an ARN or of an Azure resource. */
    private static final String ACCOUNT =
            "CASE WHEN resource_id LIKE 'arn:%' THEN nullif(split_part(resource_id, ':', 5), '')"
                    + " WHEN resource_id ILIKE '/subscriptions/%'"
                    + " THEN nullif(lower(split_part(resource_id, '/', 3)), '') END AS account";

    private static final String CONNECTION = "(links->0)->>'connection' AS connection";

    private static final String IDLE = "(cpu_utilization < 5 AND monthly_cost > 0)";
    private static final String OVER_SIZED = "(cpu_utilization < 20 AND memory_utilization < 40)";

    private static final List<View> ALL =
            List.of(
                    new View(
                            "agg_pipeline",
                            "opportunity",
                            List.of("stage", "owner_id", "currency"),
                            List.of("opportunities", "open_amount"),
                            "SELECT tenant, stage, owner_id, currency, count(*) AS opportunities,"
                                    + " sum(amount) AS open_amount FROM dcl_opportunity WHERE "
                                    + OPEN
                                    + " GROUP BY tenant, stage, owner_id, currency"),
                    new View(
                            "agg_open_amount",
                            "opportunity",
                            List.of("currency"),
                            List.of("opportunities", "open_amount"),
                            "SELECT tenant, currency, count(*) AS opportunities,"
                                    + " sum(amount) AS open_amount FROM dcl_opportunity WHERE "
                                    + OPEN
                                    + " GROUP BY tenant, currency"),
                    new View(
                            "agg_win_rate",
                            "opportunity",
                            List.of("owner_id", "currency"),
                            List.of("won", "lost", "win_rate", "won_amount", "lost_amount"),
                            winRate()),
                    new View(
                            "agg_cost",
                            "cost_reports",
                            List.of(
                                    "service",
                                    "region",
                                    "account",
                                    "connection",
                                    "day",
                                    "currency"),
                            List.of("lines", "cost"),
                            "SELECT tenant, service_category AS service, region, "
                                    + ACCOUNT
                                    + ", "
                                    + CONNECTION
                                    + ", CAST(period_start AT TIME ZONE 'UTC' AS date) AS day,"
                                    + " currency, count(*) AS lines, sum(cost) AS cost"
                                    + " FROM dcl_cost_reports GROUP BY 1, 2, 3, 4, 5, 6, 7"),
                    new View(
                            "agg_resource_waste",
                            "aws_resources",
                            List.of(
                                    "id",
                                    "finding",
                                    "resource_id",
                                    "resource_type",
                                    "region",
                                    "account",
                                    "connection"),
                            List.of("cpu_utilization", "memory_utilization", "monthly_cost"),
                            "SELECT tenant, id, CASE WHEN "
                                    + IDLE
                                    + " THEN 'idle' ELSE 'over-sized' END AS finding, resource_id,"
                                    + " resource_type, region, "
                                    + ACCOUNT
                                    + ", "
                                    + CONNECTION
                                    + ", cpu_utilization, memory_utilization, monthly_cost"
                                    + " FROM dcl_aws_resources WHERE "
                                    + IDLE
                                    + " OR "
                                    + OVER_SIZED));

    private AgentViews() {}

    /** The views over the unified rows of an entity; of most entities there are none. */
    public static List<View> of(String entity) {
        return ALL.stream().filter(view -> view.entity().equals(entity)).toList();
    }

    /** The rate is a binary fraction: both databases divide it alike. */
    private static String winRate() {
        return ("SELECT tenant, owner_id, currency, count(*) FILTER (WHERE $won) AS won,"
                        + " count(*) FILTER (WHERE $lost) AS lost,"
                        + " CAST(count(*) FILTER (WHERE $won) AS float8)"
                        + " / CAST(count(*) AS float8) AS win_rate,"
                        + " sum(amount) FILTER (WHERE $won) AS won_amount,"
                        + " sum(amount) FILTER (WHERE $lost) AS lost_amount"
                        + " FROM dcl_opportunity WHERE NOT $open"
                        + " GROUP BY tenant, owner_id, currency")
                .replace("$won", WON)
                .replace("$lost", LOST)
                .replace("$open", OPEN);
    }

    /**
     * A view and the query that it stands for.
     *
     * @param name the view's name
     * @param entity whose unified rows it reads
     * @param groups the columns that tell a tenant's rows apart
     * @param figures the other columns, all of them numbers
     * @param query a SELECT that names its tables without a schema
     */
    public record View(
            String name, String entity, List<String> groups, List<String> figures, String query) {}
}
