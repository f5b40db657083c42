package io.autonomos.operators.repair.llm;

/**
 * What a tenant has used of the model. Its JSON is part of the savepoint format.
 *
 * @param month of the tokens, such as 2026-01
 * @param tokens used, or set aside for calls under way, in that month
 * @param calls made ever
 * @param saved calls that an earlier answer made needless, ever
 */
public record LlmUsage(String month, long tokens, long calls, long saved) {

    static LlmUsage none(String month) {
        return new LlmUsage(month, 0, 0, 0);
    }

    /** The same in a month, which may be a new one. */
    LlmUsage in(String now) {
        return now.equals(month) ? this : new LlmUsage(now, 0, calls, saved);
    }

    LlmUsage called(long more) {
        return new LlmUsage(month, tokens + more, calls + 1, saved);
    }

    LlmUsage corrected(long more) {
        return new LlmUsage(month, Math.max(0, tokens + more), calls, saved);
    }

    LlmUsage savedOne() {
        return new LlmUsage(month, tokens, calls, saved + 1);
    }
}
