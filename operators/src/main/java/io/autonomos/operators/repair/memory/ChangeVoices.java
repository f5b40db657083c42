package io.autonomos.operators.repair.memory;

import io.autonomos.schemas.messages.RepairMemory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all tenants said of one change of a source's fields: its names and types, and one verdict of
 * each tenant under a hash of its name. It has no place for a value. Its JSON is part of the
 * savepoint format.
 *
 * @param voices the verdicts, the oldest first
 * @param heard when the last one was given, epoch milliseconds
 */
record ChangeVoices(
        String before,
        String after,
        String typeBefore,
        String typeAfter,
        Map<String, String> voices,
        long heard) {

    private static final int MOST_VOICES = 200;
    private static final int HASH_LENGTH = 16;

    ChangeVoices {
        voices = new LinkedHashMap<>(voices);
    }

    static ChangeVoices of(RepairMemory first) {
        return new ChangeVoices(
                first.before(),
                first.after(),
                first.typeBefore(),
                first.typeAfter(),
                Map.of(),
                first.at().toEpochMilli());
    }

    /** The same with a tenant's word in the place of its earlier one. */
    ChangeVoices with(RepairMemory said) {
        Map<String, String> all = new LinkedHashMap<>(voices);
        String who = voice(said.tenant());
        all.remove(who);
        all.put(who, said.verdict());
        if (all.size() > MOST_VOICES) {
            all.remove(all.keySet().iterator().next());
        }
        return new ChangeVoices(
                before,
                after,
                said.typeBefore(),
                said.typeAfter(),
                all,
                Math.max(heard, said.at().toEpochMilli()));
    }

    /** How many tenants but this one accepted it, or did not. */
    int others(String tenant, boolean accepted) {
        String own = voice(tenant);
        return (int)
                voices.entrySet().stream()
                        .filter(each -> !each.getKey().equals(own))
                        .filter(each -> RepairMemory.ACCEPTED.equals(each.getValue()) == accepted)
                        .count();
    }

    static String voice(String tenant) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(tenant.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
