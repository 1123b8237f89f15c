package io.omsbatch.examples.service.engine;

import io.omsbatch.examples.service.platform.Job;
import io.omsbatch.examples.service.platform.MigrationPlatform;
import java.util.Locale;

/** Jobs to play with. */
final class DemoJobs {

    private DemoJobs() {}

    /** Gives a platform some jobs if it has none. */
    static void fill(MigrationPlatform platform, int jobs) {
        if (platform.list("", 1).isEmpty()) {
            for (int number = 1; number <= jobs; number++) {
                String id = String.format(Locale.ROOT, "job-%04d", number);
                platform.put(Job.created(id, "orders of region " + number));
            }
        }
    }
}
