package io.autonomos.jobs.stack;

import java.util.LinkedHashMap;
import java.util.Map;

/** The settings with which the job finds the servers of a stack. */
public final class StackJobSettings {

    private StackJobSettings() {}

    /**
     * Settings by key.
     *
     * @param workDir where passwords, files to read and DuckDB files are
     */
    public static Map<String, String> of(WorkDir workDir, String bootstrapServers, String jdbcUrl) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.bootstrap-servers", bootstrapServers);
        settings.put("input.directory", workDir.directory("input").toString());
        settings.put("input.discovery-interval", "1 s");
        settings.put("postgres.url", jdbcUrl);
        settings.put("postgres.user", EmbeddedPostgres.WRITER);
        settings.put("postgres.password", password(workDir, EmbeddedPostgres.WRITER));
        settings.put("postgres.migration.user", EmbeddedPostgres.ADMIN);
        settings.put("postgres.migration.password", password(workDir, EmbeddedPostgres.ADMIN));
        settings.put("duckdb.directory", workDir.duckdb().toString());
        settings.put("duckdb.commit-interval", "1 s");
        return settings;
    }

    private static String password(WorkDir workDir, String role) {
        return "${file:" + EmbeddedPostgres.passwordFile(workDir, role) + "}";
    }
}
