package io.autonomos.operators.materialize;

import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A field of a record that names another record.
 *
 * @param field the field's place in its entity
 * @param entity what it refers to
 * @param id the record's id in its source
 * @param row the unified row that the record belongs to, or null where it is not known
 */
record Link(int field, String entity, String id, String row) {

    boolean isSameReference(Link other) {
        return field == other.field && id.equals(other.id) && entity.equals(other.entity);
    }

    void write(Codec with, DataOutputView out) throws IOException {
        Wire.writeVarLong(field, out);
        with.writeText(entity, out);
        with.writeText(id, out);
        with.writeText(row, out);
    }

    static Link read(Codec with, DataInputView in) throws IOException {
        return new Link(
                Wire.readLength(in), with.readName(in), with.readText(in), with.readText(in));
    }

    static void writeAll(List<Link> links, Codec with, DataOutputView out) throws IOException {
        Wire.writeVarLong(links.size(), out);
        for (Link link : links) {
            link.write(with, out);
        }
    }

    static List<Link> readAll(Codec with, DataInputView in) throws IOException {
        int count = Wire.readLength(in);
        List<Link> links = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            links.add(read(with, in));
        }
        return links;
    }
}
