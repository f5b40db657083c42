package io.autonomos.jobs.verify;

import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A unified row as every store can give it: each column as canonical text, or null.
 *
 * @param columns in the order of {@link #names}
 */
record RowImage(ViewKey key, String id, List<String> columns) {

    private static final List<String> ORIGINS =
            List.of("links", "provenance", "conflicts", "schema_version", "as_of");

    private static final List<String> NAMING_MAPPINGS = List.of("provenance", "conflicts");

    /** As {@link Canonical#json} writes it, where a quote within a text has a backslash. */
    private static final Pattern MAPPING =
            Pattern.compile("\"mapping\":\"(?:[^\"\\\\]|\\\\.)*+\",\"mapping_version\":\\d+,");

    /** The fields of the entity, then what every unified row has. */
    static List<String> names(EntitySchema entity) {
        List<String> names = new ArrayList<>();
        for (EntityField field : entity.fields()) {
            names.add(field.name());
        }
        names.addAll(ORIGINS);
        return names;
    }

    /** The same unified row without the names and versions of the mappings that made it. */
    RowImage withoutMappings() {
        List<String> without = new ArrayList<>(columns);
        int origins = columns.size() - ORIGINS.size();
        for (String each : NAMING_MAPPINGS) {
            int column = origins + ORIGINS.indexOf(each);
            String text = columns.get(column);
            without.set(column, text == null ? null : MAPPING.matcher(text).replaceAll(""));
        }
        return new RowImage(key, id, without);
    }

    /** The first 16 bytes of the SHA-256 of the row. */
    RowHash hash() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
        update(digest, id);
        columns.forEach(column -> update(digest, column));
        ByteBuffer sum = ByteBuffer.wrap(digest.digest());
        return new RowHash(sum.getLong(), sum.getLong());
    }

    /** The length goes before the text, so that no two rows give the same bytes. */
    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(0, bytes == null ? -1 : bytes.length));
        if (bytes != null) {
            digest.update(bytes);
        }
    }
}
