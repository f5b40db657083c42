package io.autonomos.operators.materialize;

import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.MergeNews;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Both halves of what finds candidates, and the candidates that are open. */
@SuppressWarnings("try") // Flink's harnesses may be interrupted while they close
final class TestingCandidates implements AutoCloseable {

    private final KeyedOneInputStreamOperatorTestHarness<String, ViewChange, BlockUpdate> keys;
    private final KeyedOneInputStreamOperatorTestHarness<String, BlockUpdate, MergeNews> blocks;
    private final Map<String, MergeCandidate> last = new TreeMap<>();
    private final Map<String, Set<String>> open = new TreeMap<>();
    private int news;

    TestingCandidates() throws Exception {
        keys =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new CandidateKeys()), Keys::row, Types.STRING);
        blocks =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new CandidateBlocks()),
                        BlockUpdate::blockKey,
                        Types.STRING);
        keys.open();
        blocks.open();
    }

    void send(ViewChange... changes) throws Exception {
        for (ViewChange each : changes) {
            if (CandidateKeys.concerns(each)) {
                keys.processElement(new StreamRecord<>(each));
            }
        }
        for (BlockUpdate each : keys.extractOutputValues()) {
            blocks.processElement(new StreamRecord<>(each));
        }
        keys.getOutput().clear();
        for (MergeNews each : blocks.extractOutputValues()) {
            news++;
            MergeCandidate candidate = each.candidate();
            last.put(candidate.id(), candidate);
            Set<String> rules = open.computeIfAbsent(candidate.id(), id -> new TreeSet<>());
            candidate.rules().forEach(rule -> changed(rules, rule, each.gone()));
            if (rules.isEmpty()) {
                open.remove(candidate.id());
            }
        }
        blocks.getOutput().clear();
    }

    private static void changed(Set<String> rules, String rule, boolean gone) {
        if (gone ? !rules.remove(rule) : !rules.add(rule)) {
            throw new AssertionError(rule + " was said twice");
        }
    }

    /** How many news there were. */
    int news() {
        return news;
    }

    /** The open candidates: {@code tenant entity from -> into by rules}. */
    Set<String> open() {
        Set<String> all = new TreeSet<>();
        open.forEach(
                (id, rules) -> {
                    MergeCandidate each = last.get(id);
                    all.add(
                            "%s %s %s -> %s by %s"
                                    .formatted(
                                            each.tenant(),
                                            each.entity(),
                                            each.from(),
                                            each.into(),
                                            String.join(",", rules)));
                });
        return all;
    }

    /** What was said last of two rows of tenant acme's accounts. */
    MergeCandidate last(String one, String other) {
        return last.get(MergeCandidate.id("acme", "account", one, other));
    }

    /** The last of all candidates. */
    MergeCandidate only() {
        if (last.size() != 1) {
            throw new AssertionError("there are " + last.size());
        }
        return last.values().iterator().next();
    }

    @Override
    public void close() throws Exception {
        keys.close();
        blocks.close();
    }
}
