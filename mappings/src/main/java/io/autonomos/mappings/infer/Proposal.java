package io.autonomos.mappings.infer;

import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.model.EntityField;

/**
 * A canonical field and the source field that is probably meant by it.
 *
 * @param confidence from 0 to 1
 * @param fit how its values fit
 */
record Proposal(
        EntityField field,
        SourcePath path,
        Evidence evidence,
        double confidence,
        Fit fit,
        String reason) {}
