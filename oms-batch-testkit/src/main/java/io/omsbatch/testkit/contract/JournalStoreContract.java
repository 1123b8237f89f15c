package io.omsbatch.testkit.contract;

import io.omsbatch.api.journal.JournalStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@code JournalStore} keeps. A host extends it in its own tests and returns an empty store.
 *
 * @since 0.1.0
 */
@DisplayName("The journal store")
public abstract class JournalStoreContract {

    private JournalStore store;
    private RunMemory memory;
    private TaskClaims claims;
    private RunOwnership ownership;
    private RunInbox inbox;
    private RunStands stands;
    private RunLists lists;
    private AuditTrail trail;
    private ManyAtOnce manyAtOnce;

    /** For subclasses. */
    @SuppressWarnings("NullAway") // the fields are set before each test
    protected JournalStoreContract() {}

    /**
     * Returns an empty store for one test.
     *
     * @return the store; the contract closes it
     */
    protected abstract JournalStore store();

    /**
     * Opens what another store has written, as after a restart. Only for durable stores.
     *
     * @param written the other store, which is closed
     * @return a store with the same content, or empty to skip the test
     */
    protected Optional<JournalStore> reopen(JournalStore written) {
        return Optional.empty();
    }

    /**
     * Lets time pass on the store's clock. Waits, unless it is overridden for a store whose clock can be moved.
     *
     * @param duration how much
     */
    protected void passTime(Duration duration) {
        try {
            boolean unused = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while time was to pass", interrupted);
        }
    }

    @BeforeEach
    final void open() {
        store = store();
        memory = new RunMemory(store);
        claims = new TaskClaims(store);
        ownership = new RunOwnership(store, this::passTime);
        inbox = new RunInbox(store);
        stands = new RunStands(store, this::passTime);
        lists = new RunLists(store);
        trail = new AuditTrail(store);
        manyAtOnce = new ManyAtOnce(store);
    }

    @AfterEach
    final void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    @DisplayName("PLAN-3: finds a plan by its fingerprint, exactly as it was saved")
    void keepsPlans() {
        memory.keepsPlans();
    }

    @Test
    @DisplayName(
            "keeps what was said of a plan, one per person, oldest first, and with a run the approval that it needed")
    void keepsApprovals() {
        memory.keepsApprovals();
    }

    @Test
    @DisplayName("PLAN-3: finds nothing for a fingerprint that no plan has")
    void unknownPlan() {
        memory.unknownPlan();
    }

    @Test
    @DisplayName("PLAN-3: replaces a plan that is saved again")
    void replacesPlans() {
        memory.replacesPlans();
    }

    @Test
    @DisplayName("RUN-11: still finds a plan once it has led to a run")
    void keepsConfirmedPlans() {
        memory.keepsConfirmedPlans();
    }

    @Test
    @DisplayName("RUN-11: opens a run once; a second one with its request id gets the first")
    void opensOnce() {
        memory.opensOnce();
    }

    @Test
    @DisplayName("RUN-11: takes requests whose ids differ in case, an accent or a space for different ones")
    void likeRequests() {
        memory.likeRequests();
    }

    @Test
    @DisplayName("RUN-11: finds a run by its id and by its request's id, exactly as it was opened")
    void findsRuns() {
        memory.findsRuns();
    }

    @Test
    @DisplayName("RUN-2: reads back what was appended, exactly, in order, numbered from 1 without gaps")
    void appends() {
        memory.appends();
    }

    @Test
    @DisplayName("RUN-2: says where the facts of each append stand")
    void saysWhere() {
        memory.saysWhere();
    }

    @Test
    @DisplayName("reads a run in parts: after a number, at most so many")
    void readsInParts() {
        memory.readsInParts();
    }

    @Test
    @DisplayName("reads nothing at the end of a run and of an unknown run")
    void readsNothing() {
        memory.readsNothing();
    }

    @Test
    @DisplayName("keeps the facts of one run apart from those of another")
    void keepsRunsApart() {
        memory.keepsRunsApart();
    }

    @Test
    @DisplayName("DUR-2: writes nothing with a token that is not the newest, and says FENCED")
    void fencesAppends() {
        memory.fencesAppends();
    }

    @Test
    @DisplayName("writes nothing for an unknown run, and says NO_SUCH_RUN")
    void unknownRun() {
        memory.unknownRun();
    }

    @Test
    @DisplayName("can be closed twice, and then fails every call with a JournalException")
    void closes() {
        memory.closes();
    }

    @Test
    @DisplayName("a durable store keeps what was acknowledged when it is opened again")
    void survives() {
        memory.survives(this::reopen);
    }

    @Test
    @DisplayName("RUN-5: gives a free task to the run that claims it, and again to the same run")
    void claimsFree() {
        claims.claimsFree();
    }

    @Test
    @DisplayName("RUN-5: refuses a held task to another run, names the holder and since when, and gives it the others")
    void refusesHeld() {
        claims.refusesHeld();
    }

    @Test
    @DisplayName("RUN-5: takes a task of the same id on another platform for another task")
    void platforms() {
        claims.platforms();
    }

    @Test
    @DisplayName("RUN-5: takes tasks whose ids differ in case, an accent or a space for different ones")
    void likeIds() {
        claims.likeIds();
    }

    @Test
    @DisplayName("RUN-5: releases a task with its outcome, and with nothing else")
    void releases() {
        claims.releases();
    }

    @Test
    @DisplayName("RUN-5: keeps a task unsettled after the outcome UNKNOWN, until it is claimed over that")
    void unsettled() {
        claims.unsettled();
    }

    @Test
    @DisplayName("RUN-5: lets a run claim again what it left unsettled itself")
    void ownUnsettled() {
        claims.ownUnsettled();
    }

    @Test
    @DisplayName("RUN-8: gives back a task whose claim was given up, and leaves it unsettled if it was in flight")
    void givenUp() {
        claims.givenUp();
    }

    @Test
    @DisplayName("RUN-5: never gives away a task that a live run holds, also not over an unsettled one")
    void liveStaysHeld() {
        claims.liveStaysHeld();
    }

    @Test
    @DisplayName("DUR-2: claims nothing with a token that is not the newest, or for an unknown run")
    void fencesClaims() {
        claims.fencesClaims();
    }

    @Test
    @DisplayName("DUR-3: keeps a run its owner's while the lease lasts")
    void liveStaysOwned() {
        ownership.liveStaysOwned();
    }

    @Test
    @DisplayName(
            "DUR-2: gives a run whose lease has ended to another owner, with a higher token, and refuses the one before")
    void takesOver() {
        ownership.takesOver();
    }

    @Test
    @DisplayName("DUR-3: renews leases, and says which runs are not the caller's")
    void renews() {
        ownership.renews();
    }

    @Test
    @DisplayName("DUR-2: renews a lease that has ended as long as nobody took the run over")
    void renewsLate() {
        ownership.renewsLate();
    }

    @Test
    @DisplayName("DUR-2: tells the owner before that its run was taken over, and leaves the new owner's lease alone")
    void renewsNothingTaken() {
        ownership.renewsNothingTaken();
    }

    @Test
    @DisplayName("releases a run for the owner of the newest token, and for nobody else")
    void releasesRuns() {
        ownership.releases();
    }

    @Test
    @DisplayName("RUN-8: leaves a parked run alone until somebody takes it over by name")
    void parkedRests() {
        ownership.parked();
    }

    @Test
    @DisplayName("DUR-4: parks a run that nobody owns, and refuses its owner before from then on")
    void parksUnowned() {
        ownership.parksUnowned();
    }

    @Test
    @DisplayName("DUR-3: parks no run that is owned, has ended, is parked already, or is not there")
    void parksNothingElse() {
        ownership.parksNothingElse();
    }

    @Test
    @DisplayName("DUR-1: lists a paused run whose lease has ended as abandoned")
    void pausedNeedsOwner() {
        ownership.paused();
    }

    @Test
    @DisplayName("DUR-1: never gives away a run that has ended, or that is not there")
    void endedStays() {
        ownership.ended();
    }

    @Test
    @DisplayName("lists abandoned runs, those first whose lease ended first")
    void listsOldestFirst() {
        ownership.listsOldestFirst();
    }

    @Test
    @DisplayName("DUR-3: lists the abandoned runs of some platforms, and no run that has a task elsewhere")
    void listsByPlatform() {
        ownership.listsByPlatform();
    }

    @Test
    @DisplayName("RUN-12: finds a command until it is answered, and never after; then it finds the answer")
    void findsUntilAnswered() {
        inbox.findsUntilAnswered();
    }

    @Test
    @DisplayName("RUN-12: keeps a command once that is sent again, also when it was answered")
    void keepsCommandsOnce() {
        inbox.keepsOnce();
    }

    @Test
    @DisplayName("DUR-2: an append with a token that is not the newest answers no command")
    void fencedAnswersNothing() {
        inbox.fencedAnswersNothing();
    }

    @Test
    @DisplayName("RUN-12: keeps the commands to one run apart from those to another")
    void keepsInboxesApart() {
        inbox.keepsInboxesApart();
    }

    @Test
    @DisplayName("RUN-12: lists commands in the order in which they were sent, whichever run they are for")
    void commandsInOrder() {
        inbox.inOrder();
    }

    @Test
    @DisplayName("takes no command to an unknown run, and says NO_SUCH_RUN")
    void commandToUnknownRun() {
        inbox.unknownRun();
    }

    @Test
    @DisplayName("RUN-9: a run stands as running when it begins, and its summary says what was confirmed")
    void runBegins() {
        stands.begins();
    }

    @Test
    @DisplayName("RUN-9: a run stands as paused from a pause to its resumption")
    void runPauses() {
        stands.pauses();
    }

    @Test
    @DisplayName("RUN-9: a paused run that is canceled or closed is no longer paused")
    void runCanceled() {
        stands.cancels();
    }

    @Test
    @DisplayName("RUN-8: a run stands as parked, and why, until it is taken over")
    void runParks() {
        stands.parks();
    }

    @Test
    @DisplayName("RUN-9: a run that was paused when it was parked is paused again when it is taken over")
    void runParksWhilePaused() {
        stands.parksWhilePaused();
    }

    @Test
    @DisplayName("RUN-1: a run that has ended stands so for ever")
    void runEnds() {
        stands.ends();
    }

    @Test
    @DisplayName("DUR-3: says who owns a run, or did last, and until when")
    void runOwned() {
        stands.owned();
    }

    @Test
    @DisplayName("lists runs, those confirmed last first")
    void listsRuns() {
        lists.newestFirst();
    }

    @Test
    @DisplayName("lists runs in pages without gaps or duplicates, also while runs are added")
    void pagesRuns() {
        lists.pages();
    }

    @Test
    @DisplayName("SEC-3: refuses a cursor that was not handed out")
    void refusesCursor() {
        lists.refusesCursor();
    }

    @Test
    @DisplayName("lists runs of certain states")
    void listsByState() {
        lists.byState();
    }

    @Test
    @DisplayName("lists runs of certain operations")
    void listsByOperation() {
        lists.byOperation();
    }

    @Test
    @DisplayName("lists runs that somebody confirmed")
    void listsByActor() {
        lists.byActor();
    }

    @Test
    @DisplayName("lists runs that take tasks of a run up once more")
    void listsByRedrive() {
        lists.byRedrive();
    }

    @Test
    @DisplayName("lists runs that were confirmed within a time")
    void listsByTime() {
        lists.byTime();
    }

    @Test
    @DisplayName("SEC-4: finds a run intact that nobody touched, or says that it keeps no hash chain")
    void auditsUntouched() {
        trail.untouched();
    }

    @Test
    @DisplayName("SEC-4: audits no unknown run, and says NO_SUCH_RUN")
    void auditsUnknown() {
        trail.unknownRun();
    }

    @Test
    @DisplayName("DUR-2: of many that take over a run at once, exactly one gets it")
    void manyTakeOver() {
        manyAtOnce.takeOver();
    }

    @Test
    @DisplayName("RUN-11: of many that open the same request at once, exactly one opens")
    void manyOpen() {
        manyAtOnce.open();
    }

    @Test
    @DisplayName("RUN-5: of many runs that claim the same tasks at once, exactly one gets each")
    void manyClaim() {
        manyAtOnce.claim();
    }

    @Test
    @DisplayName("RUN-2: of many that append at once, each finds all its facts, together and in order")
    void manyAppend() {
        manyAtOnce.append();
    }

    @Test
    @DisplayName("RUN-12: of many that send the same command at once, one is kept")
    void manySend() {
        manyAtOnce.send();
    }

    @Test
    @DisplayName("RUN-12: a command leaves the inbox in the same instant in which its answer is there")
    void manyAnswer() {
        manyAtOnce.answer();
    }
}
