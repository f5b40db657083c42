package io.autonomos.mappings.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths to pick from a record, each with its slot, and the paths to leave out of extras.
 *
 * <p>Immutable once built and shared by tasks; each task makes a scanner of its own.
 */
public final class ScanPlan {

    private final Map<SourcePath, Integer> slots = new LinkedHashMap<>();
    private final List<SourcePath> ignored = new ArrayList<>();

    /** The slot of a path; equal paths share one. */
    public int slot(SourcePath path) {
        return slots.computeIfAbsent(path, p -> slots.size());
    }

    /** The paths by their slots. */
    public List<SourcePath> paths() {
        return List.copyOf(slots.keySet());
    }

    /** Leaves a path and all below it out of extras. */
    public void ignore(SourcePath path) {
        ignored.add(path);
    }

    /** How many slots there are. */
    public int slotCount() {
        return slots.size();
    }

    /** A scanner with these paths known. */
    public RecordScanner newScanner(ScanLimits limits) {
        return new RecordScanner(this, limits);
    }

    /** The paths as the start of a trie. */
    PathNode newRoot() {
        PathNode root = PathNode.root();
        slots.forEach((path, slot) -> reach(root, path).slot = slot);
        ignored.forEach(path -> reach(root, path).role = PathNode.DROP);
        return root;
    }

    private static PathNode reach(PathNode root, SourcePath path) {
        PathNode node = root;
        for (SourcePath.Step step : path.steps()) {
            node.role = PathNode.DESCEND;
            if (step.name() != null) {
                byte[] name = JsonText.utf8(step.name());
                node = node.child(name, 0, name.length);
            } else {
                node = node.indexed(step.index());
            }
        }
        if (node.role == PathNode.COPY) {
            node.role = PathNode.DROP;
        }
        return node;
    }
}
