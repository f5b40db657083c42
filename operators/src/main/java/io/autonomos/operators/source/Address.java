package io.autonomos.operators.source;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.StreamKey;
import java.util.Set;

/**
 * Where a record belongs, checked.
 *
 * <p>What is wrong with an address is part of it, so that a bad one costs no exception. Parts that
 * are fine stay, so that a tenant's bad records are counted with that tenant.
 *
 * @param code what is wrong, or null
 * @param field the part that is wrong, or null
 * @param problem what is wrong with it, as the end of a sentence, or null
 */
public record Address(StreamKey key, String source, ErrorCode code, String field, String problem) {

    /** Stands for a part that cannot be read. */
    private static final String NONE = StreamKey.UNADDRESSED.stream();

    /** Names with a meaning of their own: all tenants, and records without an address. */
    private static final Set<String> RESERVED = Set.of("*", StreamKey.UNADDRESSED.tenant());

    /** Checks the four parts; any of them may be null. */
    public static Address of(String tenant, String connection, String source, String stream) {
        return check(
                part("tenant", tenant),
                part("connection", connection),
                part("source", source),
                part("stream", stream));
    }

    /** Checks the four parts as a sender wrote them; any of them may be null. */
    static Address of(byte[] tenant, byte[] connection, byte[] source, byte[] stream) {
        return check(
                part("tenant", tenant),
                part("connection", connection),
                part("source", source),
                part("stream", stream));
    }

    /** Whether nothing is wrong with it. */
    public boolean isValid() {
        return code == null;
    }

    /** What is wrong with the address of the record at that place. */
    public Fault fault(String where) {
        return Fault.of(
                code, field, "%s: %s %s. %s".formatted(where, field, problem, code.remedy()));
    }

    private record Part(String name, String text, String problem, boolean missing) {}

    private static Part part(String name, String text) {
        String problem = AddressText.problem(text, AddressText.MAX_LENGTH);
        return new Part(name, text, problem, text == null);
    }

    private static Part part(String name, byte[] utf8) {
        String problem = AddressText.problem(utf8, AddressText.MAX_LENGTH);
        String text = problem == null ? AddressText.decode(utf8) : null;
        return new Part(name, text, problem, utf8 == null);
    }

    private static Address check(Part tenant, Part connection, Part source, Part stream) {
        Part first = reserved(tenant);
        String owner = first.problem == null ? first.text : StreamKey.UNADDRESSED.tenant();
        StreamKey key = new StreamKey(owner, orNone(connection), orNone(stream));
        for (Part part : new Part[] {first, connection, source, stream}) {
            if (part.problem != null) {
                return new Address(key, orNone(source), code(part), part.name, part.problem);
            }
        }
        return new Address(key, source.text, null, null, null);
    }

    private static Part reserved(Part tenant) {
        boolean reserved = tenant.text != null && RESERVED.contains(tenant.text);
        return reserved ? new Part(tenant.name, null, "is a reserved name", false) : tenant;
    }

    private static String orNone(Part part) {
        return part.problem == null ? part.text : NONE;
    }

    private static ErrorCode code(Part part) {
        if (part.missing) {
            return ErrorCode.HEADER_MISSING;
        }
        boolean tenant = part.name.equals("tenant");
        return tenant ? ErrorCode.TENANT_INVALID : ErrorCode.HEADER_INVALID;
    }
}
