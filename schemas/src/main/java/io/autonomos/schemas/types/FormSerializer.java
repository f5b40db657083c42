package io.autonomos.schemas.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/** Serializer of a {@link Form}; each thread needs its own. */
public final class FormSerializer<T> extends ImmutableSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final Form<T> form;

    /** What is read; written is always the current number. */
    private final int number;

    private transient Codec codec;

    FormSerializer(Form<T> form) {
        this(form, form.number());
    }

    private FormSerializer(Form<T> form, int number) {
        this.form = form;
        this.number = number;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        form.write(value, codec(), target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return form.read(number, codec(), source);
    }

    private Codec codec() {
        if (codec == null) {
            codec = new Codec();
        }
        return codec;
    }

    @Override
    public FormSerializer<T> duplicate() {
        return new FormSerializer<>(form, number);
    }

    /** These values have no empty form. */
    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FormSerializer<?> that
                && that.form.getClass() == form.getClass()
                && that.number == number;
    }

    @Override
    public int hashCode() {
        return 31 * form.getClass().getName().hashCode() + number;
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new Snapshot<>(form, number);
    }

    /** Remembers the form by its class and number. */
    public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {

        private static final int VERSION = 1;

        private Form<T> form;
        private int number;

        /** For Flink, which fills it by reading. */
        public Snapshot() {}

        private Snapshot(Form<T> form, int number) {
            this.form = form;
            this.number = number;
        }

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeUTF(form.getClass().getName());
            out.writeInt(number);
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader userCode)
                throws IOException {
            Class<Form<T>> formClass = InstantiationUtil.resolveClassByName(in, userCode);
            form = InstantiationUtil.instantiate(formClass);
            number = in.readInt();
            if (version != VERSION || number < 1 || number > form.number()) {
                throw new IOException(
                        ("State of %s is in form %d, but this version knows forms 1 to %d only:"
                                        + " start it with the version that wrote the savepoint, or"
                                        + " a newer one.")
                                .formatted(formClass.getName(), number, form.number()));
            }
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return new FormSerializer<>(form, number);
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
                TypeSerializerSnapshot<T> old) {
            if (!(old instanceof Snapshot<T> that)
                    || that.form.getClass() != form.getClass()
                    || that.number > number) {
                return TypeSerializerSchemaCompatibility.incompatible();
            }
            return that.number == number
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
        }
    }
}
