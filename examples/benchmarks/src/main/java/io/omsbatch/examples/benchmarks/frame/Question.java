package io.omsbatch.examples.benchmarks.frame;

import java.util.Locale;

/**
 * What a workload is about.
 *
 * @param id such as W1; workloads that differ only in size or place share it
 * @param variant such as PostgreSQL or 10 000 tasks; empty if there is only one
 * @param title in a few words
 * @param text what is measured, in a sentence or two
 */
public record Question(String id, String variant, String title, String text) {

    /** Returns what tells a workload from all others: id and variant. */
    public String key() {
        return variant.isEmpty() ? id : id + " " + variant;
    }

    /** Returns the key as a file name. */
    public String fileName() {
        return key().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
