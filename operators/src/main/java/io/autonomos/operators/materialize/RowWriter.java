package io.autonomos.operators.materialize;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.operators.materialize.MaterializeSettings.RowLimits;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Renders unified rows as {@link io.autonomos.schemas.messages.ViewRow} and notes where each value
 * stands. A row that the sinks could not take is written with less: first without provenance and
 * conflicts and with fewer links, then without its longest values.
 */
final class RowWriter {

    private static final byte[] ENTITY = ",\"entity\":\"".getBytes(US_ASCII);
    private static final byte[] ID = "\",\"id\":".getBytes(US_ASCII);
    private static final byte[] CONNECTION = "\"connection\":".getBytes(US_ASCII);
    private static final byte[] SOURCE = ",\"source\":".getBytes(US_ASCII);
    private static final byte[] STREAM = ",\"stream\":".getBytes(US_ASCII);
    private static final byte[] RECORD_ID = ",\"record_id\":".getBytes(US_ASCII);
    private static final byte[] MAPPING = ",\"mapping\":".getBytes(US_ASCII);
    private static final byte[] MAPPING_VERSION = ",\"mapping_version\":".getBytes(US_ASCII);
    private static final byte[] EVENT_TIME = ",\"event_time\":".getBytes(US_ASCII);

    private static final int FEW_LINKS = 100;

    /** Most records that are named for one field; of a union of more, the newest. */
    private static final int MAX_ORIGINS = 10;

    private static final int LONG_VALUE = 1 << 16;

    private final EntitySchema entity;
    private final EntityField ownId;
    private final RowLimits limits;
    private final byte[][] names;
    private final JsonBuffer out = new JsonBuffer(1 << 12);

    RowWriter(EntitySchema entity, EntityField ownId, RowLimits limits) {
        this.entity = entity;
        this.ownId = ownId;
        this.limits = limits;
        names = new byte[entity.fields().size()][];
        for (EntityField field : entity.fields()) {
            names[field.index()] = ('"' + field.name() + '"').getBytes(US_ASCII);
        }
    }

    /**
     * The row.
     *
     * @param fields by index, null where no record has a value
     */
    ViewChange write(
            String tenant, String row, long eventTime, List<Merged> fields, List<Member> members) {
        int[] values = new int[2 * names.length];
        for (int cut = 0; ; cut++) {
            out.reset();
            Arrays.fill(values, -1);
            out.put('{').ascii("\"tenant\":").quoted(tenant);
            out.put(ENTITY).ascii(entity.name()).put(ID).quoted(row);
            data(row, fields, values, cut > 1);
            links(members, cut == 0 ? limits.maxLinks() : Math.min(FEW_LINKS, limits.maxLinks()));
            List<Merged> told = cut == 0 ? fields : List.of();
            origins("provenance", told, Merged::winners, members);
            origins("conflicts", told, Merged::losers, members);
            out.ascii(",\"schema_version\":").number(entity.version());
            out.ascii(",\"updated_at\":").instant(eventTime).put('}');
            if (out.size() <= limits.maxBytes() || cut > 1) {
                return new ViewChange(tenant, entity.name(), row, eventTime, out.toBytes(), values);
            }
        }
    }

    private void data(String row, List<Merged> fields, int[] values, boolean shortOnly) {
        out.ascii(",\"data\":");
        char before = '{';
        for (EntityField field : entity.fields()) {
            Merged merged = fields.get(field.index());
            boolean isOwn = field.equals(ownId);
            if (!isOwn && (merged == null || (shortOnly && merged.bytes() > LONG_VALUE))) {
                continue;
            }
            out.put(before).put(names[field.index()]).put(':');
            before = ',';
            values[2 * field.index()] = out.size();
            if (isOwn) {
                out.quoted(row);
            } else {
                merged.write(out);
            }
            values[2 * field.index() + 1] = out.size();
        }
        out.ascii(before == '{' ? "{}" : "}");
    }

    private void links(List<Member> members, int most) {
        out.ascii(",\"links\":");
        char before = '[';
        int listed = Math.min(most, members.size());
        for (Member member : members.subList(0, listed)) {
            Contribution said = member.contribution();
            out.put(before).put('{');
            before = ',';
            address(said);
            out.put(EVENT_TIME).instant(said.eventTime()).put('}');
        }
        out.put(']');
        if (listed < members.size()) {
            out.ascii(",\"omitted_links\":").number(members.size() - listed);
        }
    }

    private void origins(
            String part,
            List<Merged> fields,
            Function<Merged, List<Claim>> claims,
            List<Member> members) {
        IdentityHashMap<Contribution, List<EntityField>> said = new IdentityHashMap<>();
        for (Merged merged : fields) {
            List<Claim> all = merged == null ? List.of() : claims.apply(merged);
            for (Claim claim : all.subList(0, Math.min(MAX_ORIGINS, all.size()))) {
                said.computeIfAbsent(claim.from(), from -> new ArrayList<>()).add(merged.field());
            }
        }
        out.ascii(",\"").ascii(part).ascii("\":[");
        String before = "{";
        for (Member member : members) {
            List<EntityField> own = said.get(member.contribution());
            if (own != null) {
                out.ascii(before);
                before = ",{";
                origin(member.contribution(), own);
            }
        }
        out.put(']');
    }

    private void origin(Contribution said, List<EntityField> fields) {
        address(said);
        out.put(MAPPING).quoted(said.mapping());
        out.put(MAPPING_VERSION).number(said.mappingVersion());
        out.put(EVENT_TIME).instant(said.eventTime());
        out.ascii(",\"fields\":");
        char before = '[';
        for (EntityField field : fields) {
            out.put(before).put(names[field.index()]);
            before = ',';
        }
        out.ascii("]}");
    }

    private void address(Contribution said) {
        out.put(CONNECTION).quoted(said.key().connection());
        out.put(SOURCE).quoted(said.source());
        out.put(STREAM).quoted(said.key().stream());
        out.put(RECORD_ID).quoted(said.recordId());
    }
}
