package io.omsbatch.core.internal.run;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lincheck")
@DisplayName("RUN-2: What slots share of commands that were intended together")
class SendingLincheckTest {

    private static volatile List<Intent> intents = List.of();

    /** Before the threads of a scenario are watched. */
    @BeforeAll
    static void plan() {
        try (OneRun run = OneRun.stopping(2)) {
            intents = List.of(intent(run.entry(0)), intent(run.entry(1)));
        }
    }

    private static Intent intent(TaskEntry entry) {
        return new Intent(entry, OneRun.NOW, "key", List.of(), false);
    }

    /** Two commands that no slot has taken. */
    public static final class Commands {

        private final Sending sending = new Sending(intents, 0);

        @Operation
        public @Nullable Integer take() {
            Intent intent = sending.take();
            return intent == null ? null : intent.entry().index();
        }

        @Operation
        public boolean over() {
            return sending.over();
        }
    }

    /** What came of one call, as its slot and whoever gives up the next one see it. */
    public static final class Answers {

        private final Replies replies = new Replies();

        /** Adds the first. */
        public Answers() {
            add(0);
        }

        private void add(int index) {
            replies.add(new Replies.Reply(intents.get(index).entry(), null, null));
        }

        @Operation(runOnce = true)
        public void giveUp() {
            add(1);
        }

        @Operation
        public List<Integer> takeAll() {
            List<Integer> taken = new ArrayList<>();
            for (Replies.Reply reply : replies.takeAll()) {
                taken.add(reply.entry().index());
            }
            return taken;
        }
    }

    @Test
    @DisplayName("is taken once, in every order of their steps and on real threads: each command")
    void commands() {
        check(Commands.class);
    }

    @Test
    @DisplayName("is taken once, in every order of their steps and on real threads: what came of each call")
    void answers() {
        check(Answers.class);
    }

    private static void check(Class<?> structure) {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(3)
                .invocationsPerIteration(50)
                .check(structure);
        new StressOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(3)
                .invocationsPerIteration(300)
                .check(structure);
    }
}
