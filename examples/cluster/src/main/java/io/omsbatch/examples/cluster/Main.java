package io.omsbatch.examples.cluster;

/** Runs the example: three replicas, 300 tasks, one kill; ends with 0 only if everything was done, once. */
public final class Main {
    private static final int TASKS_OF_EACH_KIND = 50;

    private Main() {}

    /** Runs it. */
    public static void main(String[] arguments) throws InterruptedException {
        if (!new Cluster(System.out, TASKS_OF_EACH_KIND).run()) {
            System.exit(1);
        }
    }
}
