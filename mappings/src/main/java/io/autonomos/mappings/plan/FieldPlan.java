package io.autonomos.mappings.plan;

import io.autonomos.schemas.model.EntityField;

/**
 * How one canonical field is filled.
 *
 * @param name the field's name as JSON, with the colon: {@code "name":}
 * @param slots the slots of its source paths, in the order they are tried
 * @param inner for each path the slots of those before it that lie inside it
 * @param computed what gives the value where no path has one, or null
 * @param when what must hold for a value to be taken, or null
 * @param constantToken the token that all records have, or null
 * @param defaultToken the token used where no path has a value, or null
 * @param rejects whether a value error makes a dead letter
 */
@SuppressWarnings("ArrayRecordComponent") // plans are never compared
record FieldPlan(
        EntityField field,
        byte[] name,
        int[] slots,
        String[] paths,
        int[][] inner,
        Computed computed,
        Computed when,
        Cast cast,
        byte[] constantToken,
        byte[] defaultToken,
        boolean rejects) {}
