package io.autonomos.operators.source;

import io.autonomos.mappings.scan.ScanException;
import io.autonomos.operators.source.debezium.RowConverter;
import io.autonomos.operators.source.debezium.RowException;
import io.autonomos.operators.source.debezium.RowSchema;
import io.autonomos.operators.source.debezium.RowSchemas;
import java.nio.charset.StandardCharsets;

/** Reads the key of a change event, which holds the columns of the table's primary key. */
final class DebeziumKey {

    private static final int PAYLOAD = 0;
    private static final int SCHEMA = 1;
    private static final int ID = 2;
    private static final int WRAPPED_ID = 3;

    private static final byte[] DOCUMENT = "{\"_id\":".getBytes(StandardCharsets.US_ASCII);

    /** How MongoDB's typed ids begin, as those that it makes by itself. */
    private static final byte[] TYPED = "{\"$".getBytes(StandardCharsets.US_ASCII);

    private final MessageScanner key;
    private final RowSchemas schemas;
    private final RowConverter rows;

    DebeziumKey(int maxRecordSize, RowSchemas schemas, RowConverter rows) {
        this.key = new MessageScanner(maxRecordSize, "payload", "schema", "id", "payload.id");
        this.schemas = schemas;
        this.rows = rows;
    }

    /**
     * A row of the key's columns alone, or null where the key is no JSON object.
     *
     * @param document whether it is known to be the key of a document of MongoDB
     */
    byte[] row(byte[] bytes, boolean document) throws RowException {
        if (bytes == null) {
            return null;
        }
        try {
            key.scan(bytes);
        } catch (ScanException e) {
            return null;
        }
        boolean wrapped = key.isObject(PAYLOAD);
        byte[] id = key.text(wrapped ? WRAPPED_ID : ID);
        if (id != null && (document || isTyped(id))) {
            return documentOf(id);
        }
        RowSchema schema = null;
        if (wrapped && key.isObject(SCHEMA)) {
            schema = schemas.of(key.bytes(), key.start(SCHEMA), key.end(SCHEMA)).self();
        }
        int from = wrapped ? key.start(PAYLOAD) : start(key.bytes());
        int to = wrapped ? key.end(PAYLOAD) : key.bytes().length;
        return rows.convert(key.bytes(), from, to, schema, true);
    }

    private static boolean isTyped(byte[] id) {
        for (int i = 0; i < TYPED.length; i++) {
            if (i >= id.length || id[i] != TYPED[i]) {
                return false;
            }
        }
        return id[id.length - 1] == '}';
    }

    /** The id is written as extended JSON, in a text. */
    private static byte[] documentOf(byte[] id) {
        byte[] document = new byte[DOCUMENT.length + id.length + 1];
        System.arraycopy(DOCUMENT, 0, document, 0, DOCUMENT.length);
        System.arraycopy(id, 0, document, DOCUMENT.length, id.length);
        document[document.length - 1] = '}';
        return document;
    }

    private static int start(byte[] bytes) {
        int at = 0;
        while (bytes[at] != '{') {
            at++;
        }
        return at;
    }
}
