package io.autonomos.schemas.messages;

/** What a tenant, or the job's configuration for all, can switch on and off while the job runs. */
public enum Flag {
    DRIFT_DETECTION(
            "drift-detection",
            true,
            "Records are held against what their stream was like; off, they pass with what is"
                    + " missing empty, and those that wait go on."),
    AUTO_REPAIR(
            "auto-repair",
            true,
            "Repairs whose confidence is high enough are applied unasked; off, a person is asked."),
    HUMAN_REVIEW(
            "human-review",
            true,
            "Repairs that are less certain wait for a person; off, they are rejected."),
    LLM("llm", false, "A language model may be asked where the evidence does not decide."),
    AAM_AS_SOURCE("aam-as-source", true, "Connections appear under one parent node in the graph."),
    SAFE_MODE("safe-mode", false, "Nothing is applied unasked, whatever its confidence.");

    private final String key;
    private final boolean byDefault;
    private final String description;

    Flag(String key, boolean byDefault, String description) {
        this.key = key;
        this.byDefault = byDefault;
        this.description = description;
    }

    /** Its name in messages and settings. */
    public String key() {
        return key;
    }

    /** What holds where nobody says anything. */
    public boolean byDefault() {
        return byDefault;
    }

    public String description() {
        return description;
    }
}
