package io.autonomos.jobs.graph;

/** Writes SVG; all texts are escaped. Looks right on a light and on a dark page. */
final class SvgText {

    private static final String STYLE =
            """
            <style>
              svg { --page:#ffffff; --ink:#1b2330; --faint:#697586; --line:#c9d1dc; --box:#f7f9fc;
                    --entity:#e8f1ff; --agent:#eaf7ee; --bad:#c03434;
                    font-family:system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif }
              @media (prefers-color-scheme: dark) {
                svg { --page:#12161d; --ink:#e6ebf2; --faint:#93a1b5; --line:#3b4656; --box:#1b222c;
                      --entity:#1c2c45; --agent:#1b3325; --bad:#ff8a80 }
              }
              .page { fill:var(--page) }
              .title { font-size:20px; font-weight:600; fill:var(--ink) }
              .sub { font-size:13px; fill:var(--faint) }
              .name { font-size:14px; font-weight:600; fill:var(--ink) }
              .small { font-size:12px; fill:var(--faint) }
              .trouble { font-size:12px; fill:var(--bad) }
              .faint { fill:var(--faint) }
              .stream, .system { fill:var(--box); stroke:var(--line) }
              .entity { fill:var(--entity); stroke:var(--line) }
              .agent { fill:var(--agent); stroke:var(--line); rx:24px }
              .dim { opacity:.55; stroke-dasharray:4 4 }
              .bar { rx:2px }
              .belongs { fill:none; stroke:var(--line); stroke-width:1.2 }
              .reads { fill:none; stroke:var(--faint); stroke-width:1.4; stroke-dasharray:2 4;
                       opacity:.8 }
              .reads.dim { opacity:.25 }
              .maps { fill:none; opacity:.6 }
              path:hover { opacity:1; stroke-width:6 }
            </style>
            """;

    private final StringBuilder out = new StringBuilder();

    void begin(int width, int height, String title) {
        out.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">%n"
                        .formatted(width, height, width, height));
        out.append("<title>").append(escaped(title)).append("</title>\n").append(STYLE);
        out.append("<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
    }

    String end() {
        return out.append("</svg>\n").toString();
    }

    void box(String look, String style, int x, int y, int width, int height) {
        out.append(
                "<rect class=\"%s\"%s x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>%n"
                        .formatted(look, styled(style), x, y, width, height));
    }

    void text(String look, int x, int y, String text) {
        text(look, "start", x, y, text);
    }

    void textRight(String look, int x, int y, String text) {
        text(look, "end", x, y, text);
    }

    private void text(String look, String anchor, int x, int y, String text) {
        out.append(
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n"
                        .formatted(look, anchor, x, y, escaped(text)));
    }

    /** A line that leaves and arrives level; the title is shown when the pointer rests on it. */
    void curve(String look, String style, int fromX, int fromY, int toX, int toY, String title) {
        int bend = (toX - fromX) / 2;
        out.append(
                "<path class=\"%s\"%s d=\"M%d %d C%d %d %d %d %d %d\"><title>%s</title></path>%n"
                        .formatted(
                                look,
                                styled(style),
                                fromX,
                                fromY,
                                fromX + bend,
                                fromY,
                                toX - bend,
                                toY,
                                toX,
                                toY,
                                escaped(title)));
    }

    private static String styled(String style) {
        return style.isEmpty() ? "" : " style=\"" + style + '"';
    }

    /** The text, or its beginning where it is longer. */
    static String cut(String text, int most) {
        int length = text.codePointCount(0, text.length());
        return length <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '&' -> safe.append("&amp;");
                                case '<' -> safe.append("&lt;");
                                case '>' -> safe.append("&gt;");
                                case '"' -> safe.append("&quot;");
                                default -> safe.appendCodePoint(isWritable(c) ? c : '?');
                            }
                        });
        return safe.toString();
    }

    /** Whether XML 1.0 can hold it. */
    private static boolean isWritable(int c) {
        return c == '\n'
                || c == '\t'
                || (c >= ' '
                        && c != 0xFFFE
                        && c != 0xFFFF
                        && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
