package io.autonomos.mappings.plan;

import io.autonomos.schemas.ErrorCode;

/** Turns a source value's JSON token into the canonical field's token. Holds no state. */
interface Cast {

    /**
     * Writes the canonical token to {@code target}.
     *
     * @param jsonType as in {@link io.autonomos.schemas.Fingerprint}; never null or absent
     * @return null when it is done, else why the value does not fit; what was written then is void
     */
    ErrorCode cast(byte[] bytes, int from, int to, int jsonType, CastTarget target);
}
