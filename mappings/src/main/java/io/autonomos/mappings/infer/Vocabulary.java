package io.autonomos.mappings.infer;

import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.scan.SourcePath;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How systems call the canonical fields: the names that mappings read them from. */
final class Vocabulary {

    private static final Map<String, Set<String>> ENTITY_WORDS =
            Map.of(
                    "account",
                            Set.of(
                                    "account",
                                    "company",
                                    "organization",
                                    "organisation",
                                    "org",
                                    "customer",
                                    "client",
                                    "business"),
                    "contact", Set.of("contact", "person", "people"),
                    "opportunity", Set.of("opportunity", "deal", "opp"),
                    "lead", Set.of("lead", "prospect"),
                    "ticket", Set.of("ticket", "case", "issue", "incident"),
                    "user", Set.of("user", "owner", "agent", "member", "employee"),
                    "aws_resources", Set.of("resource", "instance", "bucket"),
                    "cost_reports", Set.of("line", "item", "bill"),
                    "health", Set.of("health"),
                    "usage", Set.of("usage"));

    /** Words that systems of no shipped mapping use for a field. */
    private static final Map<String, Set<String>> SYNONYMS =
            Map.ofEntries(
                    Map.entry("stage", Set.of("phase", "step", "pipelinestage", "salesstage")),
                    Map.entry(
                            "amount",
                            Set.of(
                                    "value",
                                    "total",
                                    "price",
                                    "net",
                                    "sum",
                                    "volume",
                                    "totalvalue")),
                    Map.entry(
                            "close_date",
                            Set.of("due", "duedate", "closingdate", "expectedclose", "closeson")),
                    Map.entry("probability", Set.of("chance", "likelihood", "winchance")),
                    Map.entry("phone", Set.of("tel", "telephone", "mobile", "cell", "phonenumber")),
                    Map.entry("email", Set.of("mail", "emailaddress", "mailaddress")),
                    Map.entry("website", Set.of("web", "homepage", "url", "site", "webpage")),
                    Map.entry("employees", Set.of("headcount", "staff", "employeecount", "size")),
                    Map.entry("annual_revenue", Set.of("revenue", "turnover", "sales")),
                    Map.entry("industry", Set.of("sector", "branch", "vertical")),
                    Map.entry("title", Set.of("position", "jobtitle", "job")),
                    Map.entry("department", Set.of("dept", "division", "team")),
                    Map.entry(
                            "owner_id",
                            Set.of(
                                    "assignedto",
                                    "rep",
                                    "salesrep",
                                    "manager",
                                    "accountmanager",
                                    "keyaccount",
                                    "responsible",
                                    "salesperson")),
                    Map.entry(
                            "created_at",
                            Set.of(
                                    "created",
                                    "datecreated",
                                    "creationdate",
                                    "createdon",
                                    "opened",
                                    "openedat",
                                    "since",
                                    "customersince",
                                    "registered",
                                    "entered")),
                    Map.entry("tags", Set.of("labels", "keywords", "categories")),
                    Map.entry("currency", Set.of("ccy", "curr", "currencycode")),
                    Map.entry("active", Set.of("enabled", "isenabled")),
                    Map.entry(
                            "updated_at",
                            Set.of(
                                    "updated",
                                    "modified",
                                    "changed",
                                    "lastupdate",
                                    "lastmodified",
                                    "lastchange",
                                    "lastchanged")),
                    Map.entry("priority", Set.of("severity", "urgency", "prio")),
                    Map.entry("subject", Set.of("summary", "headline")),
                    Map.entry("description", Set.of("body", "details", "text", "message")),
                    Map.entry(
                            "assignee_id",
                            Set.of("assignee", "assigned", "agent", "handler", "handledby")),
                    Map.entry(
                            "requester_id",
                            Set.of("requester", "reporter", "openedby", "raisedby", "caller")),
                    Map.entry("status", Set.of("state", "condition")),
                    Map.entry(
                            "account_id",
                            Set.of(
                                    "customerno",
                                    "customernumber",
                                    "customerid",
                                    "clientid",
                                    "clientref",
                                    "companyid",
                                    "customer",
                                    "client",
                                    "company")),
                    Map.entry("source", Set.of("origin", "channel")),
                    Map.entry("first_name", Set.of("forename", "givenname")),
                    Map.entry("last_name", Set.of("surname", "familyname")));

    /** What a field named only as its entity is: the company of an account is its name. */
    private static final Map<String, Set<String>> NAMES =
            Map.of(
                    "account", Set.of("company", "customer", "client", "organisation", "firm"),
                    "opportunity", Set.of("title", "topic", "subject"),
                    "contact", Set.of("fullname", "person"),
                    "lead", Set.of("fullname", "person"),
                    "user", Set.of("fullname", "person"));

    private final Map<String, Map<String, Set<String>>> aliases = new HashMap<>();
    private final Map<String, Set<String>> anywhere = new HashMap<>();

    Vocabulary(Collection<Mapping> mappings) {
        for (Mapping mapping : mappings) {
            for (FieldRule rule : mapping.fields()) {
                for (SourcePath path : rule.from()) {
                    add(mapping.entity(), rule.name(), path);
                }
            }
        }
    }

    private void add(String entity, String field, SourcePath path) {
        Set<String> names = new HashSet<>();
        StringBuilder all = new StringBuilder();
        String last = "";
        for (SourcePath.Step step : path.steps()) {
            if (step.name() != null) {
                last = step.name();
                all.append(Names.key(step.name()));
            }
        }
        names.add(Names.key(last));
        names.add(all.toString());
        names.removeIf(name -> Set.of("value", "id", "name", "").contains(name));
        if (path.steps().size() == 1) {
            names.add(Names.key(last));
        }
        aliases.computeIfAbsent(entity, e -> new HashMap<>())
                .computeIfAbsent(field, f -> new HashSet<>())
                .addAll(names);
        anywhere.computeIfAbsent(field, f -> new HashSet<>()).addAll(names);
    }

    /** Whether some system calls the entity's field so. */
    boolean knows(String entity, String field, String key) {
        return aliases.getOrDefault(entity, Map.of()).getOrDefault(field, Set.of()).contains(key);
    }

    /** Whether some system calls the field of that name so, on any entity. */
    boolean knowsAnywhere(String field, String key) {
        return anywhere.getOrDefault(field, Set.of()).contains(key);
    }

    /** Whether the name is a common word for the field. */
    static boolean isSynonym(String entity, String field, String key) {
        return SYNONYMS.getOrDefault(field, Set.of()).contains(key)
                || (field.equals("name") && NAMES.getOrDefault(entity, Set.of()).contains(key));
    }

    /** The words without those that name the entity itself; all of them where no other is left. */
    static List<String> withoutEntity(String entity, List<String> words) {
        Set<String> own = ENTITY_WORDS.getOrDefault(entity, Set.of());
        List<String> left = words.stream().filter(word -> !own.contains(word)).toList();
        return left.isEmpty() ? words : left;
    }

    /** Whether a word is one that systems call an entity by. */
    static boolean namesEntity(String word) {
        return ENTITY_WORDS.values().stream().anyMatch(words -> words.contains(word));
    }

    /** The words that systems call an entity by. */
    static Set<String> entityWords(String entity) {
        return ENTITY_WORDS.getOrDefault(entity, Set.of(entity));
    }
}
