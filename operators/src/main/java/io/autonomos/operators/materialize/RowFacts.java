package io.autonomos.operators.materialize;

import com.dynatrace.hash4j.hashing.Hashing;
import io.autonomos.schemas.EntityJson;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.messages.MergeCandidate.Comparison;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a row says, as hashes, so that two rows can be compared without keeping or showing a value.
 *
 * @param hashes one for each text field of the entity, in their order; 0 where it has none
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared or changed
record RowFacts(long[] hashes) {

    /** The texts that compare: ids of the row itself do not. */
    private static List<EntityField> fields(EntitySchema entity) {
        return entity.fields().stream()
                .filter(field -> field.type() == FieldType.TEXT)
                .filter(field -> !entity.identity().contains(field.name()))
                .toList();
    }

    /** What a row says, each text in the form in which the entity's rules compare the field. */
    static RowFacts of(EntityJson row, EntitySchema entity) {
        Map<String, NormalForm> forms = forms(entity);
        List<EntityField> fields = fields(entity);
        long[] hashes = new long[fields.size()];
        for (int i = 0; i < hashes.length; i++) {
            EntityField field = fields.get(i);
            String text = EventValues.isPresent(row, field) ? EventValues.text(row, field) : null;
            if (text != null) {
                String normal = forms.getOrDefault(field.name(), NormalForm.NAME).of(text);
                hashes[i] = Hashing.xxh3_64().hashCharsToLong(normal == null ? text : normal) | 1;
            }
        }
        return new RowFacts(hashes);
    }

    /** A country is less than the text that it is read from. */
    private static Map<String, NormalForm> forms(EntitySchema entity) {
        Map<String, NormalForm> forms = new HashMap<>();
        Stream.concat(
                        entity.candidates().stream().flatMap(rule -> rule.parts().stream()),
                        entity.unify().stream().flatMap(rule -> rule.parts().stream()))
                .filter(part -> NormalForm.named(part.normalize()) != NormalForm.COUNTRY)
                .forEach(
                        part ->
                                forms.putIfAbsent(
                                        part.field(), NormalForm.named(part.normalize())));
        return forms;
    }

    /** How both compare, field by field; what neither has is left out. */
    List<Comparison> compare(RowFacts other, EntitySchema entity) {
        List<EntityField> fields = fields(entity);
        List<Comparison> evidence = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            long one = i < hashes.length ? hashes[i] : 0;
            long two = i < other.hashes.length ? other.hashes[i] : 0;
            if (one != 0 || two != 0) {
                String said = one == two ? Comparison.SAME : Comparison.DIFFERENT;
                evidence.add(
                        new Comparison(
                                fields.get(i).name(),
                                one == 0 || two == 0 ? Comparison.ONE : said));
            }
        }
        return evidence;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeVarLong(hashes.length, out);
        for (long each : hashes) {
            out.writeLong(each);
        }
    }

    static RowFacts read(DataInputView in) throws IOException {
        long[] hashes = new long[Wire.readLength(in)];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = in.readLong();
        }
        return new RowFacts(hashes);
    }

    /** How these are kept. */
    public static final class Kept implements Form<RowFacts> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<RowFacts> type() {
            return RowFacts.class;
        }

        @Override
        public int number() {
            return 1;
        }

        @Override
        public void write(RowFacts facts, Codec with, DataOutputView out) throws IOException {
            facts.write(out);
        }

        @Override
        public RowFacts read(int number, Codec with, DataInputView in) throws IOException {
            return RowFacts.read(in);
        }
    }
}
