package io.omsbatch.examples.benchmarks.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one measured iteration gave.
 *
 * @param value the value, in the unit of the workload's measure
 * @param notes what the contender measured besides, by name
 */
public record Sample(double value, Map<String, Double> notes) {

    private static final String PREFIX = "sample";

    /** Returns the sample as a line, which {@link #parse} reads. */
    String line() {
        StringBuilder line = new StringBuilder(PREFIX).append('\t').append(value);
        new TreeMap<>(notes)
                .forEach((name, note) ->
                        line.append('\t').append(name).append('=').append(note));
        return line.toString();
    }

    /** Reads a line. */
    static Sample parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length < 2 || !fields[0].equals(PREFIX)) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        Map<String, Double> notes = new LinkedHashMap<>();
        for (int i = 2; i < fields.length; i++) {
            int at = fields[i].lastIndexOf('=');
            notes.put(fields[i].substring(0, at), Double.valueOf(fields[i].substring(at + 1)));
        }
        return new Sample(Double.parseDouble(fields[1]), notes);
    }
}
