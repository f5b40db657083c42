package io.autonomos.operators.repair.memory;

import io.autonomos.schemas.messages.RepairMemory;
import java.util.Map;

/**
 * What one tenant said of a change, with the kinds of its values, which no other tenant is told.
 * Its JSON is part of the savepoint format.
 *
 * @param heard when it said so, epoch milliseconds
 */
record OwnVoice(String verdict, boolean byPerson, Map<String, Double> kinds, long heard) {

    static OwnVoice of(RepairMemory said) {
        return new OwnVoice(
                said.verdict(), said.byPerson(), said.kinds(), said.at().toEpochMilli());
    }
}
