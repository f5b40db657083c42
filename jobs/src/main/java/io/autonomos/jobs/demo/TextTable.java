package io.autonomos.jobs.demo;

import java.util.ArrayList;
import java.util.List;

/** A plain text table: of numbers, with their names left-aligned before them, or of text. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean text;

    private TextTable(boolean text) {
        this.text = text;
    }

    /** A table whose first column is left-aligned, and the others right-aligned. */
    public TextTable() {
        this(false);
    }

    /** A table whose columns are all left-aligned. */
    public static TextTable ofText() {
        return new TextTable(true);
    }

    /** Adds a row; the first one is the head. */
    public void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        int[] width = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String pad = " ".repeat(width[i] - row.get(i).length());
                line.append(i == 0 ? "" : "  ");
                line.append(i == 0 || text ? row.get(i) + pad : pad + row.get(i));
            }
            lines.append(line.toString().stripTrailing()).append('\n');
        }
        return lines.toString();
    }
}
