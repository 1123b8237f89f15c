package io.omsbatch.examples.service.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** The rules of the cutover: which step can be done when, and what comes of it. Decides, and does nothing. */
final class CutRules {

    /** How far the target is behind the source, as long as it follows. */
    static final Duration BEHIND = Duration.ofMillis(10);

    private static final Set<CutStep> AT_ONCE = EnumSet.of(CutStep.BEGIN, CutStep.CAUGHT_UP, CutStep.OBJECTS);
    private static final Set<CutStep> MAY_BE_SKIPPED =
            EnumSet.of(CutStep.CHECK, CutStep.KEEP_TARGET_LOG, CutStep.CAUGHT_UP, CutStep.STOP_FOLLOWING);

    private final Pace pace;

    CutRules(Pace pace) {
        this.pace = pace;
    }

    /** Returns a job with the step that became due until now. A step under way goes on also while the job is being halted. */
    Job settled(Job job, Instant now) {
        Cut cut = job.cut();
        Instant due = cut == null ? null : cut.due();
        if (cut == null || due == null || due.isAfter(now)) {
            return job;
        }
        Cut.Links links = cut.links();
        Cut done = cut.at(cut.step(), CutStep.State.DONE);
        return switch (cut.step()) {
            case CHECK -> job.with(job.obstacle().isEmpty() ? done : cut.at(CutStep.CHECK, CutStep.State.FAILED));
            case KEEP_TARGET_LOG ->
                job.with(done.with(new Cut.Links(due, links.stopPoint(), links.followedUntil(), links.back())));
            case SOURCE_QUIET ->
                job.with(done.with(new Cut.Links(links.logStart(), due, links.followedUntil(), links.back())));
            case STOP_FOLLOWING ->
                job.with(done.with(new Cut.Links(links.logStart(), links.stopPoint(), due, links.back())));
            case FOLLOW_BACK ->
                job.with(done.with(new Cut.Links(links.logStart(), links.stopPoint(), links.followedUntil(), true)))
                        .with(job.life().with(JobStage.CUTOVER, JobStage.Mark.DONE));
            case BEGIN, CAUGHT_UP, OBJECTS -> throw new IllegalStateException(cut.step() + " takes no time");
        };
    }

    /** Decides about a step of a job in which everything due is settled. */
    Ruling step(Job job, CutStep step, CutStep.Way way, Instant now) {
        Cut cut = job.cut();
        if (cut == null) {
            return Ruling.refused(job, "NOT_IN_CUTOVER", job.id() + " has not entered its cutover");
        }
        return way == CutStep.Way.UNDO ? undo(job, cut, step) : forward(job, cut, step, way, now);
    }

    private Ruling forward(Job job, Cut cut, CutStep step, CutStep.Way way, Instant now) {
        if (cut.isOver(step) || (cut.step() == step && cut.state() == CutStep.State.RUNNING)) {
            return Ruling.needless(job);
        }
        if (job.life().status() != JobStatus.ACTIVE || !cut.isNext(step)) {
            return Ruling.refused(
                    job,
                    "NOT_ITS_TURN",
                    "it is not the turn of " + step + " of " + job.id() + ", which is "
                            + job.life().status() + " and stands at " + cut.step() + " (" + cut.state() + ")");
        }
        if (way == CutStep.Way.SKIP) {
            return MAY_BE_SKIPPED.contains(step)
                    ? Ruling.changed(job.with(cut.at(step, CutStep.State.DONE)))
                    : Ruling.refused(job, "CANNOT_BE_SKIPPED", step + " cannot be passed over");
        }
        Cut.Links links = cut.links();
        Instant stop = links.stopPoint();
        if (step == CutStep.CAUGHT_UP && (stop == null || now.minus(BEHIND).isBefore(stop))) {
            return Ruling.refused(job, "BEHIND", "the target of " + job.id() + " has not reached " + stop + " yet");
        }
        if (step == CutStep.FOLLOW_BACK && (links.followedUntil() == null || links.logStart() == null)) {
            return Ruling.refused(
                    job,
                    "NO_WAY_BACK",
                    "the source of " + job.id()
                            + " can follow only once the target does not, and has kept its changes");
        }
        return Ruling.changed(job.with(
                AT_ONCE.contains(step) ? cut.at(step, CutStep.State.DONE) : cut.running(step, now.plus(pace.step()))));
    }

    private static Ruling undo(Job job, Cut cut, CutStep step) {
        Cut.Links links = cut.links();
        boolean flowsBack = cut.step() == CutStep.FOLLOW_BACK && cut.state() != CutStep.State.WAITING;
        if (flowsBack || step == CutStep.FOLLOW_BACK) {
            return Ruling.refused(job, "PAST_RETURN", "changes of " + job.id() + " flow back already, or will at once");
        }
        if (step == CutStep.SOURCE_QUIET && links.followedUntil() != null) {
            return Ruling.refused(
                    job,
                    "STILL_STOPPED",
                    "the source of " + job.id() + " is given back only while the target follows it");
        }
        Cut.Links undone = switch (step) {
            case KEEP_TARGET_LOG -> new Cut.Links(null, links.stopPoint(), links.followedUntil(), false);
            case SOURCE_QUIET -> new Cut.Links(links.logStart(), null, null, false);
            case STOP_FOLLOWING -> new Cut.Links(links.logStart(), links.stopPoint(), null, false);
            case BEGIN, CHECK, CAUGHT_UP, OBJECTS, FOLLOW_BACK -> links;
        };
        Cut after = (cut.step().compareTo(step) < 0 ? cut : cut.at(step, CutStep.State.WAITING)).with(undone);
        return after.equals(cut) ? Ruling.needless(job) : Ruling.changed(job.with(after));
    }
}
