package io.autonomos.jobs.verify;

import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A unified row as every store can give it: each column as canonical text, or null.
 *
 * @param columns in the order of {@link #names}
 */
record RowImage(ViewKey key, String id, List<String> columns) {

    private static final List<String> ORIGINS =
            List.of("links", "provenance", "conflicts", "schema_version", "as_of");

    /** The fields of the entity, then what every unified row has. */
    static List<String> names(EntitySchema entity) {
        List<String> names = new ArrayList<>();
        for (EntityField field : entity.fields()) {
            names.add(field.name());
        }
        names.addAll(ORIGINS);
        return names;
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
