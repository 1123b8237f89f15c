package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a run has to say")
class OutboxTest {

    private final ReentrantLock lock = new ReentrantLock();
    private final Outbox outbox = new Outbox("run", lock);
    private final List<String> told = new ArrayList<>();

    private void say(String what) {
        outbox.add(() -> {
            assertThat(lock.isHeldByCurrentThread())
                    .as("the lock while %s is told", what)
                    .isFalse();
            told.add(what);
        });
    }

    @Test
    @DisplayName("is told once, in the order in which it happened, without the lock")
    void inOrder() {
        say("one");
        say("two");
        outbox.tellAll();
        outbox.tellAll();
        assertThat(told).containsExactly("one", "two");
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    @DisplayName("is told by whoever is telling already, after what that one tells")
    void nested() {
        outbox.add(() -> {
            say("two");
            outbox.tellAll();
            told.add("one");
        });
        outbox.tellAll();
        assertThat(told).containsExactly("one", "two");
    }

    @Test
    @DisplayName("is told although something before it could not be")
    void defect() {
        outbox.add(() -> {
            throw new IllegalStateException("a defect");
        });
        say("two");
        outbox.tellAll();
        say("three");
        outbox.tellAll();
        assertThat(told).containsExactly("two", "three");
    }
}
