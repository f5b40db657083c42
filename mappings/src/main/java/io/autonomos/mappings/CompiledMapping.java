package io.autonomos.mappings;

import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.plan.Plan;

/** A mapping as its file states it, and the plan made of it. */
public record CompiledMapping(Mapping mapping, Plan plan) {

    /** Whether it is for records of this source. */
    public boolean isFor(String source) {
        return mapping.sources().stream().anyMatch(each -> MappingCatalog.isSameName(each, source));
    }
}
