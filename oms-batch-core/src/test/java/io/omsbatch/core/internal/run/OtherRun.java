package io.omsbatch.core.internal.run;

import io.omsbatch.core.internal.limit.ResourceKey;
import io.omsbatch.core.internal.limit.Waiting;
import java.util.concurrent.atomic.AtomicInteger;

/** Another run that waits for what a run shares with it, and counts how often it is woken. */
final class OtherRun implements Waiting {

    final AtomicInteger woken = new AtomicInteger();

    @Override
    public void freed(ResourceKey key) {}

    @Override
    public void stuck(ResourceKey key) {}

    @Override
    public void wake() {
        woken.incrementAndGet();
    }
}
