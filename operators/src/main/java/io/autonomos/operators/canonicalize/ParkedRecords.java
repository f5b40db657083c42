package io.autonomos.operators.canonicalize;

import io.autonomos.schemas.ParkedRecord;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The records that wait, by their number in the order in which they came. All methods concern the
 * current key. They never lapse by themselves: a record leaves by {@link #remove} only.
 */
final class ParkedRecords {

    // State names are part of the savepoint format: never rename one.
    static final String PARKED_STATE = "parked-records";

    private final transient MapState<Long, ParkedRecord> records;

    ParkedRecords(KeyedStateStore state) {
        records =
                state.getMapState(
                        new MapStateDescriptor<>(
                                PARKED_STATE, Types.LONG, TypeInformation.of(ParkedRecord.class)));
    }

    /** The hold of the records that wait, or null where none does. */
    Hold load(int confirmRecords) throws Exception {
        Hold hold = null;
        for (Map.Entry<Long, ParkedRecord> each : records.entries()) {
            if (hold == null) {
                hold = new Hold(confirmRecords, each.getValue().at());
            }
            hold.restore(each.getKey(), each.getValue());
        }
        return hold;
    }

    /** A record waits behind all others. */
    void add(Hold hold, ParkedRecord record) throws Exception {
        records.put(hold.next(), record);
        hold.add(record);
    }

    /** The record of a number, or null where it no longer waits. */
    ParkedRecord get(long number) throws Exception {
        return records.get(number);
    }

    /** A record no longer waits. */
    void remove(Hold hold, long number, ParkedRecord record) throws Exception {
        records.remove(number);
        hold.remove(record);
    }
}
