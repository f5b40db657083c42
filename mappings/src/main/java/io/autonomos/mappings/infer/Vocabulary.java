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
                                    "kunde",
                                    "kunden",
                                    "firma",
                                    "firmen",
                                    "unternehmen",
                                    "account",
                                    "company",
                                    "organization",
                                    "organisation",
                                    "org",
                                    "customer",
                                    "client",
                                    "business"),
                    "contact",
                            Set.of(
                                    "kontakt",
                                    "kontakte",
                                    "ansprechpartner",
                                    "contact",
                                    "person",
                                    "people"),
                    "opportunity",
                            Set.of(
                                    "verkaufschance",
                                    "verkaufschancen",
                                    "angebot",
                                    "angebote",
                                    "opportunity",
                                    "deal",
                                    "opp"),
                    "lead", Set.of("interessent", "interessenten", "lead", "prospect"),
                    "ticket",
                            Set.of(
                                    "anfrage",
                                    "anfragen",
                                    "vorgang",
                                    "ticket",
                                    "case",
                                    "issue",
                                    "incident"),
                    "user",
                            Set.of(
                                    "benutzer",
                                    "nutzer",
                                    "user",
                                    "owner",
                                    "agent",
                                    "member",
                                    "employee"),
                    "aws_resources", Set.of("resource", "instance", "bucket"),
                    "cost_reports", Set.of("line", "item", "bill"),
                    "health", Set.of("health"),
                    "usage", Set.of("usage"));

    /** Words that systems of no shipped mapping use for a field. */
    private static final Map<String, Set<String>> SYNONYMS =
            Map.ofEntries(
                    Map.entry(
                            "stage",
                            Set.of(
                                    "vertriebsphase",
                                    "stufe",
                                    "phase",
                                    "step",
                                    "pipelinestage",
                                    "salesstage")),
                    Map.entry(
                            "amount",
                            Set.of(
                                    "wert",
                                    "betrag",
                                    "summe",
                                    "netto",
                                    "auftragswert",
                                    "dealwert",
                                    "value",
                                    "total",
                                    "price",
                                    "net",
                                    "sum",
                                    "volume",
                                    "totalvalue")),
                    Map.entry(
                            "close_date",
                            Set.of(
                                    "abschluss",
                                    "abschlussdatum",
                                    "fällig",
                                    "fälligam",
                                    "due",
                                    "duedate",
                                    "closingdate",
                                    "expectedclose",
                                    "closeson")),
                    Map.entry(
                            "probability",
                            Set.of(
                                    "wahrscheinlichkeit",
                                    "abschlusswahrscheinlichkeit",
                                    "chance",
                                    "likelihood",
                                    "winchance")),
                    Map.entry(
                            "phone",
                            Set.of(
                                    "telefon",
                                    "telefonnummer",
                                    "rufnummer",
                                    "mobil",
                                    "handy",
                                    "tel",
                                    "telephone",
                                    "mobile",
                                    "cell",
                                    "phonenumber")),
                    Map.entry("email", Set.of("mail", "emailaddress", "mailaddress")),
                    Map.entry(
                            "website",
                            Set.of(
                                    "webseite",
                                    "internetseite",
                                    "internet",
                                    "web",
                                    "homepage",
                                    "url",
                                    "site",
                                    "webpage")),
                    Map.entry(
                            "employees",
                            Set.of(
                                    "mitarbeiter",
                                    "mitarbeiterzahl",
                                    "anzahlmitarbeiter",
                                    "headcount",
                                    "staff",
                                    "employeecount",
                                    "size")),
                    Map.entry(
                            "annual_revenue",
                            Set.of("umsatz", "jahresumsatz", "revenue", "turnover", "sales")),
                    Map.entry("industry", Set.of("branche", "sector", "branch", "vertical")),
                    Map.entry("title", Set.of("funktion", "stelle", "position", "jobtitle", "job")),
                    Map.entry("department", Set.of("abteilung", "dept", "division", "team")),
                    Map.entry(
                            "owner_id",
                            Set.of(
                                    "betreuer",
                                    "kundenbetreuer",
                                    "zuständig",
                                    "vertriebsmitarbeiter",
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
                                    "angelegt",
                                    "angelegtam",
                                    "erstellt",
                                    "erstelltam",
                                    "erfasst",
                                    "erfasstam",
                                    "anlagedatum",
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
                    Map.entry(
                            "tags",
                            Set.of(
                                    "schlagworte",
                                    "schlagwörter",
                                    "labels",
                                    "keywords",
                                    "categories")),
                    Map.entry("currency", Set.of("cur", "währung", "ccy", "curr", "currencycode")),
                    Map.entry("active", Set.of("aktiv", "enabled", "isenabled")),
                    Map.entry(
                            "updated_at",
                            Set.of(
                                    "geändert",
                                    "geändertam",
                                    "letzteänderung",
                                    "aktualisiert",
                                    "aktualisiertam",
                                    "änderungsdatum",
                                    "updated",
                                    "modified",
                                    "changed",
                                    "lastupdate",
                                    "lastmodified",
                                    "lastchange",
                                    "lastchanged")),
                    Map.entry("priority", Set.of("priorität", "severity", "urgency", "prio")),
                    Map.entry("subject", Set.of("betreff", "summary", "headline")),
                    Map.entry(
                            "description",
                            Set.of("beschreibung", "body", "details", "text", "message")),
                    Map.entry(
                            "assignee_id",
                            Set.of("assignee", "assigned", "agent", "handler", "handledby")),
                    Map.entry(
                            "requester_id",
                            Set.of("requester", "reporter", "openedby", "raisedby", "caller")),
                    Map.entry("status", Set.of("zustand", "state", "condition")),
                    Map.entry(
                            "account_id",
                            Set.of(
                                    "kundennr",
                                    "kundennummer",
                                    "kundenid",
                                    "firmennr",
                                    "customerno",
                                    "customernumber",
                                    "customerid",
                                    "clientid",
                                    "clientref",
                                    "companyid",
                                    "customer",
                                    "client",
                                    "company")),
                    Map.entry("source", Set.of("quelle", "herkunft", "origin", "channel")),
                    Map.entry("first_name", Set.of("vorname", "forename", "givenname")),
                    Map.entry(
                            "last_name",
                            Set.of("nachname", "familienname", "surname", "familyname")));

    /** What a field named only as its entity is: the company of an account is its name. */
    private static final Map<String, Set<String>> NAMES =
            Map.of(
                    "account",
                            Set.of(
                                    "firma",
                                    "firmenname",
                                    "unternehmen",
                                    "kunde",
                                    "kundenname",
                                    "company",
                                    "customer",
                                    "client",
                                    "organisation",
                                    "firm"),
                    "opportunity",
                            Set.of("label", "bezeichnung", "titel", "title", "topic", "subject"),
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
