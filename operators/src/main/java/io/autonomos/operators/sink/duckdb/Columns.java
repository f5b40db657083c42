package io.autonomos.operators.sink.duckdb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of a table in a tenant's file with their types, in order. */
final class Columns {

    private final Map<String, String> types = new LinkedHashMap<>();

    /** JSON takes a third of the space, and less time, than by the compression DuckDB chooses. */
    void add(String name, String type) {
        types.put(name, type.equals("JSON") ? "JSON USING COMPRESSION zstd" : type);
    }

    List<String> names() {
        return List.copyOf(types.keySet());
    }

    int size() {
        return types.size();
    }

    /** As {@code CREATE TABLE} lists them. */
    String definition() {
        return types.entrySet().stream()
                .map(each -> quoted(each.getKey()) + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    /** As a staging table lists them whose rows say whether they are gone. */
    String stagingDefinition() {
        return definition() + ", gone BOOLEAN";
    }

    /**
     * What a file knows them by.
     *
     * @param made all that was made from them
     */
    String model(String made) {
        return Integer.toHexString(made.hashCode()) + "-" + size();
    }

    /**
     * The statements by which staged rows take the place of those with their ids, or end them where
     * they are gone. To delete and insert costs a fifth of what an update does, which reads and
     * writes every wide column of the whole row group again.
     */
    List<String> replace(String table, String staging) {
        String names = list("", names());
        return List.of(
                "DELETE FROM %s AS kept USING %s AS staged WHERE kept.id = staged.id"
                        .formatted(table, staging),
                "INSERT INTO %s (%s) SELECT %s FROM %s WHERE NOT gone"
                        .formatted(table, names, names, staging));
    }

    /** Adds to a table those that it lacks. */
    List<String> addTo(String table) {
        List<String> statements = new ArrayList<>();
        types.forEach(
                (name, type) ->
                        statements.add(
                                "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s"
                                        .formatted(table, quoted(name), type)));
        return statements;
    }

    /** Names, each behind a prefix such as {@code staged.}. */
    static String list(String prefix, List<String> names) {
        return names.stream().map(name -> prefix + quoted(name)).collect(Collectors.joining(", "));
    }

    /** Takes over staged values. */
    static String changes(List<String> names) {
        return names.stream()
                .map(name -> quoted(name) + " = staged." + quoted(name))
                .collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
