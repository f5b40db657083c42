package io.autonomos.operators.materialize;

import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What all tasks that keep records are told, each of them everything: settings of tenants, or news
 * of records.
 *
 * @param control settings, or null
 * @param rebuild news of a record, or null
 */
public record ViewSignal(ControlMessage control, RebuildMessage rebuild) {

    /** Settings. */
    public static ViewSignal of(ControlMessage message) {
        return new ViewSignal(message, null);
    }

    /** News of a record. */
    public static ViewSignal of(RebuildMessage message) {
        return new ViewSignal(null, message);
    }

    /** How signals travel. */
    public static final class Sent implements Form<ViewSignal> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<ViewSignal> type() {
            return ViewSignal.class;
        }

        @Override
        public int number() {
            return 1;
        }

        @Override
        public void write(ViewSignal signal, Codec with, DataOutputView out) throws IOException {
            out.writeBoolean(signal.control != null);
            Object message = signal.control == null ? signal.rebuild : signal.control;
            Wire.writeBytes(MessageJson.write(message), out);
        }

        @Override
        public ViewSignal read(int number, Codec with, DataInputView in) throws IOException {
            boolean control = in.readBoolean();
            byte[] json = Wire.readBytes(in);
            try {
                return control
                        ? of(MessageJson.read(ControlMessage.class, json))
                        : of(MessageJson.read(RebuildMessage.class, json));
            } catch (MessageException e) {
                throw new IOException(e);
            }
        }
    }
}
