package io.autonomos.operators.materialize;

import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MergeDecision;
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
 * What all tasks that keep records are told, each of them everything: settings of tenants, news of
 * records, or that rows are one.
 *
 * @param control settings, or null
 * @param rebuild news of a record, or null
 * @param merge a person's decision, or null
 */
public record ViewSignal(ControlMessage control, RebuildMessage rebuild, MergeDecision merge) {

    private static final int NEWS = 0;
    private static final int SETTINGS = 1;
    private static final int MERGE = 2;

    /** Settings. */
    public static ViewSignal of(ControlMessage message) {
        return new ViewSignal(message, null, null);
    }

    /** News of a record. */
    public static ViewSignal of(RebuildMessage message) {
        return new ViewSignal(null, message, null);
    }

    /** A person's decision. */
    public static ViewSignal of(MergeDecision decision) {
        return new ViewSignal(null, null, decision);
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
            return 2;
        }

        @Override
        public void write(ViewSignal signal, Codec with, DataOutputView out) throws IOException {
            if (signal.control != null) {
                out.writeByte(SETTINGS);
                Wire.writeBytes(MessageJson.write(signal.control), out);
            } else if (signal.rebuild != null) {
                out.writeByte(NEWS);
                Wire.writeBytes(MessageJson.write(signal.rebuild), out);
            } else {
                out.writeByte(MERGE);
                Wire.writeBytes(MessageJson.write(signal.merge), out);
            }
        }

        @Override
        public ViewSignal read(int number, Codec with, DataInputView in) throws IOException {
            byte kind = in.readByte();
            byte[] json = Wire.readBytes(in);
            try {
                return switch (kind) {
                    case SETTINGS -> of(MessageJson.read(ControlMessage.class, json));
                    case NEWS -> of(MessageJson.read(RebuildMessage.class, json));
                    default -> of(MessageJson.read(MergeDecision.class, json));
                };
            } catch (MessageException e) {
                throw new IOException(e);
            }
        }
    }
}
