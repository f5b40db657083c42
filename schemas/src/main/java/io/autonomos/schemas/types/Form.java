package io.autonomos.schemas.types;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/**
 * How the values of one immutable type are written and read, for types that only one stage knows.
 * An implementation has no fields and a public constructor without arguments, since a savepoint
 * remembers it by its class.
 */
public interface Form<T> extends Serializable {

    /** The type. */
    Class<T> type();

    /** The number of the form that is written; rises with each change. */
    int number();

    /** Writes a value in form {@link #number()}. */
    void write(T value, Codec with, DataOutputView out) throws IOException;

    /**
     * Reads a value.
     *
     * @param number of the form it was written in
     */
    T read(int number, Codec with, DataInputView in) throws IOException;

    /** Flink's type of a form. */
    static <T> TypeInformation<T> typeOf(Form<T> form) {
        // As a restore will do: better it fails here.
        InstantiationUtil.checkForInstantiation(form.getClass());
        return new StreamTypeInfo<>(form.type(), new FormSerializer<>(form), false);
    }
}
