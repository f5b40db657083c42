package io.autonomos.mappings.language;

import java.util.List;
import java.util.stream.Collectors;

/** A mapping that cannot be used; carries every problem found. */
public final class MappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public MappingException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
