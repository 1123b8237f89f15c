package io.omsbatch.examples.benchmarks.report;

import io.omsbatch.examples.benchmarks.frame.Measure;
import io.omsbatch.examples.benchmarks.frame.Role;
import java.util.List;
import java.util.Locale;

/** A bar for each contender, as SVG that can be read on light and on dark ground. */
final class BarChart {

    private static final int LABELS = 230;
    private static final int BARS = 430;
    private static final int VALUES = 120;
    private static final int ROW = 24;
    private static final int TOP = 44;

    /** Beyond this ratio of the largest to the smallest value the axis is logarithmic. */
    private static final double LINEAR = 25;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1f2328; }
              .small { font-size: 11px; fill: #59636e; }
              .ours { fill: #1a7f64; } .floor { fill: #8c959f; } .peer { fill: #bf8700; }
              .spread { stroke: #1f2328; stroke-width: 1.5; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; } .small { fill: #9198a1; }
                .ours { fill: #3fb995; } .floor { fill: #6e7681; } .peer { fill: #d4a72c; }
                .spread { stroke: #e6edf3; }
              }
            </style>
            """;

    private final String title;
    private final Measure measure;
    private final List<Standing> standings;
    private final double least;
    private final double most;
    private final boolean logarithmic;

    BarChart(String title, Measure measure, List<Standing> standings) {
        this.title = title;
        this.measure = measure;
        this.standings = standings;
        double smallest = Double.MAX_VALUE;
        double largest = 0;
        for (Standing standing : standings) {
            smallest = Math.min(smallest, standing.values().least());
            largest = Math.max(largest, standing.values().most());
        }
        this.most = largest;
        this.logarithmic = smallest > 0 && largest / smallest > LINEAR;
        this.least = logarithmic ? Math.pow(10, Math.floor(Math.log10(smallest))) : 0;
    }

    /** Returns the chart. */
    String svg() {
        int height = TOP + standings.size() * ROW + 12;
        int width = LABELS + BARS + VALUES;
        StringBuilder svg = new StringBuilder();
        svg.append(line(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">",
                width,
                height,
                width,
                escape(title))));
        svg.append(STYLE);
        svg.append(line(
                String.format(Locale.ROOT, "<text x=\"8\" y=\"18\" font-weight=\"600\">%s</text>", escape(title))));
        svg.append(line(String.format(
                Locale.ROOT,
                "<text x=\"8\" y=\"34\" class=\"small\">%s, %s%s; the line shows least to most</text>",
                escape(measure.unit()),
                measure.largerIsBetter() ? "more is better" : "less is better",
                logarithmic ? ", logarithmic" : "")));
        for (int i = 0; i < standings.size(); i++) {
            svg.append(row(standings.get(i), TOP + i * ROW));
        }
        return svg.append("</svg>\n").toString();
    }

    private String row(Standing standing, int y) {
        int middle = y + ROW / 2;
        double from = position(standing.values().least());
        double to = position(standing.values().most());
        return line(String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\"%s>%s</text>",
                        LABELS - 8,
                        middle + 4,
                        standing.contender().role() == Role.OURS ? " font-weight=\"600\"" : "",
                        escape(standing.contender().name())))
                + line(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" class=\"%s\"/>",
                        LABELS,
                        y + 4,
                        Math.max(1, position(standing.values().median())),
                        ROW - 8,
                        standing.contender().role().name().toLowerCase(Locale.ROOT)))
                + line(String.format(
                        Locale.ROOT,
                        "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" class=\"spread\"/>",
                        LABELS + from,
                        middle,
                        LABELS + to,
                        middle))
                + line(String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%d\">%s</text>",
                        LABELS + to + 6,
                        middle + 4,
                        Numbers.of(standing.values().median())));
    }

    private double position(double value) {
        if (most <= 0) {
            return 0;
        }
        double share = logarithmic ? Math.log(value / least) / Math.log(most / least) : value / most;
        return BARS * share;
    }

    private static String line(String text) {
        return text + "\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
