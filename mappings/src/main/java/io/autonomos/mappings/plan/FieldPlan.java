package io.autonomos.mappings.plan;

import io.autonomos.schemas.model.EntityField;

/**
 * How one canonical field is filled.
 *
 * @param name the field's name as JSON, with the colon: {@code "name":}
 * @param slots the slots of its source paths, in the order they are tried
 * @param defaultToken the token used where no path has a value, or null
 * @param rejects whether a value error makes a dead letter
 */
@SuppressWarnings("ArrayRecordComponent") // plans are never compared
record FieldPlan(
        EntityField field,
        byte[] name,
        int[] slots,
        String[] paths,
        Cast cast,
        byte[] defaultToken,
        boolean rejects) {}
