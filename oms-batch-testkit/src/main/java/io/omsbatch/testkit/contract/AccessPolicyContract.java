package io.omsbatch.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omsbatch.api.access.AccessPolicy;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@code AccessPolicy} keeps (SEC-1). A host extends it in its own tests and returns its policy, with an example of what it
 * allows and one of what it denies.
 *
 * @since 0.1.0
 */
@DisplayName("The access policy")
public abstract class AccessPolicyContract {

    private static final int THREADS = 8;
    private static final int ROUNDS = 50;

    /** What no platform and no directory of persons was made for; the engine hands it over as it came. */
    private static final List<String> STRANGE =
            List.of("订单", "a b", "it's \"quoted\"", "../../etc/passwd", "'; DROP TABLE actor; --", "%s%n{}", "*", "🚚");

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "access-policy-contract");
        thread.setDaemon(true); // a policy that never answers must not keep the build
        return thread;
    });

    /** For subclasses. */
    protected AccessPolicyContract() {}

    /**
     * A question to the policy.
     *
     * @param actor who wants to act
     * @param operation what the actor wants to do
     * @param task to which task
     */
    public record Question(Actor actor, BatchOperation operation, TaskRef task) {}

    /**
     * Returns the policy under test.
     *
     * @return the policy
     */
    protected abstract AccessPolicy policy();

    /**
     * Returns a question that must be answered with yes.
     *
     * @return the question
     */
    protected abstract Question allowed();

    /**
     * Returns a question that must be answered with no.
     *
     * @return the question; or empty for a policy that denies nothing, which skips the tests about it
     */
    protected abstract Optional<Question> denied();

    /**
     * Returns within which time an answer must come; an engine takes one that comes later than a gateway call may last for a denial.
     *
     * @return the time; 5 s unless overridden
     */
    protected Duration answersWithin() {
        return Duration.ofSeconds(5);
    }

    @AfterEach
    final void end() {
        threads.shutdownNow();
    }

    @Test
    @DisplayName("SEC-1: allows what it is said to allow")
    void allows() {
        Question question = allowed();
        assertTrue(ask(question), () -> question + " was denied. Look at: how actor, operation and task are looked up");
    }

    @Test
    @DisplayName("SEC-1: denies what it is said to deny")
    void denies() {
        Question question = toDeny();
        assertFalse(ask(question), () -> question + " was allowed. Look at: what is answered when no rule fits");
    }

    @Test
    @DisplayName("answers for every operation, and for actors and tasks that it never heard of, without an exception")
    void total() {
        Question known = allowed();
        for (BatchOperation operation : BatchOperation.all()) {
            answered(new Question(known.actor(), operation, known.task()));
            for (String strange : STRANGE) {
                answered(new Question(new Actor(strange), operation, known.task()));
                answered(new Question(
                        known.actor(), operation, new TaskRef(known.task().platform(), strange)));
            }
        }
    }

    @Test
    @DisplayName("SEC-1: does not allow to an actor that it never heard of what it denies to one that it knows")
    void unknownActor() {
        Question question = toDeny();
        for (String strange : STRANGE) {
            Question asked = new Question(new Actor(strange), question.operation(), question.task());
            assertFalse(
                    ask(asked),
                    () -> asked
                            + " was allowed. Look at: what is answered for an actor that is in no list; names may hold"
                            + " anything, so compare them as a whole");
        }
    }

    @Test
    @DisplayName("gives the same answer again, and to many threads at once")
    void threads() {
        List<Question> questions = new ArrayList<>(List.of(allowed()));
        denied().ifPresent(questions::add);
        List<Boolean> expected = questions.stream().map(this::ask).toList();
        AccessPolicy policy = policy();
        List<CompletableFuture<List<List<Boolean>>>> all = IntStream.range(0, THREADS)
                .mapToObj(thread -> CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, ROUNDS)
                                .mapToObj(round -> questions.stream()
                                        .map(question -> answer(policy, question))
                                        .toList())
                                .toList(),
                        threads))
                .toList();
        for (CompletableFuture<List<List<Boolean>>> answers : all) {
            inTime(answers, answersWithin().multipliedBy(ROUNDS), "the answers to " + questions)
                    .forEach(round -> assertEquals(
                            expected,
                            round,
                            () -> "the answers to " + questions
                                    + " changed. Look at: state that allows keeps, and locks"));
        }
    }

    private Question toDeny() {
        Optional<Question> question = denied();
        assumeTrue(question.isPresent(), "the policy denies nothing");
        return question.orElseThrow();
    }

    private void answered(Question question) {
        boolean unused = ask(question);
    }

    private boolean ask(Question question) {
        AccessPolicy policy = policy();
        return inTime(
                CompletableFuture.supplyAsync(() -> answer(policy, question), threads),
                answersWithin(),
                "the answer to " + question);
    }

    private static boolean answer(AccessPolicy policy, Question question) {
        return policy.allows(question.actor(), question.operation(), question.task());
    }

    private static <T> T inTime(CompletableFuture<T> answer, Duration limit, String what) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return fail(
                    what + " did not come within " + limit.toMillis()
                            + " ms. Look at: what allows waits for; it is asked before each command, in a call slot",
                    late);
        } catch (ExecutionException thrown) {
            return fail(
                    what + " was " + thrown.getCause()
                            + ". Look at: what allows expects; an exception is taken for a denial, and nobody learns why",
                    thrown.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return fail("interrupted while waiting for " + what, interrupted);
        }
    }
}
