package io.autonomos.jobs.verify;

/** The unified rows of one entity of one tenant. */
public record ViewKey(String tenant, String entity) implements Comparable<ViewKey> {

    @Override
    public int compareTo(ViewKey other) {
        int byTenant = tenant.compareTo(other.tenant);
        return byTenant != 0 ? byTenant : entity.compareTo(other.entity);
    }
}
