package io.autonomos.schemas.messages;

/**
 * A message that tells people of something.
 *
 * @param id deterministic and unique within the tenant; the text names it
 */
public record Notice(String tenant, String id, String text) {

    public Notice {
        Check.part("tenant", tenant);
        Check.text("id", id);
        Check.text("text", text);
    }

    /** Tells it apart from those of all tenants. */
    public String key() {
        return tenant + '\n' + id;
    }
}
