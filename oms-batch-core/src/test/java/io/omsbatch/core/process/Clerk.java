package io.omsbatch.core.process;

import io.omsbatch.api.OmsBatchException;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.TaskRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever works at a replica: makes runs of the wishes that nobody has taken up, and sits in front of the boards of the
 * switchovers that run here. It knows nothing but what journal, boards and wishes say, so any other goes on where it died.
 */
final class Clerk {

    private static final Logger LOG = LoggerFactory.getLogger(Clerk.class);
    private static final Actor ANN = new Actor("ann");
    private static final long PAUSE_NANOS = 25_000_000;
    private static final long LOOK_AGAIN_NANOS = 300_000_000;
    private static final List<SwitchoverAction> GOES_ON =
            List.of(SwitchoverAction.CONFIRM, SwitchoverAction.MARK, SwitchoverAction.RETRY);

    private record Wish(String request, BatchOperation operation, List<TaskRef> tasks) {}

    private final BatchEngine engine;
    private final JournalStore journal;
    private final DataSource wishes;
    private final boolean begins;
    private final Words.Voice voice;
    private final Map<String, Long> lookedElsewhere = new HashMap<>();
    private final Set<String> stopped = new HashSet<>();
    private volatile boolean finishing;

    /**
     * Takes a seat.
     *
     * @param engine the engine
     * @param journal its journal
     * @param wishes the database with the wishes
     * @param begins whether new runs are begun here
     * @param voice is told what was done
     */
    Clerk(BatchEngine engine, JournalStore journal, DataSource wishes, boolean begins, Words.Voice voice) {
        this.engine = engine;
        this.journal = journal;
        this.wishes = wishes;
        this.begins = begins;
        this.voice = voice;
    }

    /** Leaves once no wish is open any more. */
    void finish() {
        finishing = true;
    }

    /** Works until no wish is open any more, if that is wanted, or until another replica has all runs that were here. */
    void work() {
        boolean goesOn = true;
        while (goesOn) {
            boolean finish = finishing;
            List<Wish> open = open();
            Map<String, BatchRun> here = new LinkedHashMap<>();
            engine.runs().forEach(run -> here.put(run.request().requestId(), run));
            open.forEach(wish -> see(wish, Optional.ofNullable(here.get(wish.request()))));
            Set<RunState> states = EnumSet.noneOf(RunState.class);
            here.values().forEach(run -> states.add(follow(run)));
            boolean evicted = states.contains(RunState.LOST) && !states.contains(RunState.RUNNING);
            goesOn = !(finish && open.isEmpty()) && !evicted;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private RunState follow(BatchRun run) {
        RunState state = run.state();
        if (state == RunState.RUNNING && run instanceof SwitchoverWorkflow workflow) {
            try {
                decide(workflow);
            } catch (OmsBatchException again) {
                LOG.warn("The board of run {} could not be served: {}", run.id(), again.toString());
            }
        } else if ((state == RunState.LOST || state == RunState.PARKED) && stopped.add(run.id() + state)) {
            voice.say(state.name(), run.id());
        }
        return state;
    }

    private void see(Wish wish, Optional<BatchRun> here) {
        if (here.isPresent()) {
            BatchRun run = here.get();
            if (run.state() == RunState.ENDED) {
                done(wish);
            }
            return;
        }
        long now = System.nanoTime();
        Long looked = lookedElsewhere.get(wish.request());
        if (looked != null && now - looked < LOOK_AGAIN_NANOS) {
            return;
        }
        lookedElsewhere.put(wish.request(), now);
        try {
            Optional<RunRecord> run = journal.runOfRequest(wish.request());
            if (run.isEmpty() && begins) {
                begin(wish);
            } else if (run.isPresent() && over(run.get().runId())) {
                done(wish);
            }
        } catch (OmsBatchException again) {
            LOG.warn("{} could not be seen to: {}", wish.request(), again.toString());
        }
    }

    private void begin(Wish wish) {
        BatchRequest request = BatchRequest.of(wish.request(), ANN, wish.operation(), wish.tasks());
        BatchRun run = engine.run(engine.plan(request).confirm(ANN, "a wish"));
        voice.say("RUN", run.id(), wish.request());
    }

    private boolean over(String runId) {
        List<JournalEntry> page = journal.read(runId, 0, 1_000);
        while (!page.isEmpty()) {
            if (page.stream().anyMatch(entry -> entry.record().kind() == JournalRecord.Kind.ENDED)) {
                return true;
            }
            page = journal.read(runId, page.get(page.size() - 1).sequence(), 1_000);
        }
        return false;
    }

    /** Does what the board offers, lane by lane; what it was told and what was done since makes no difference to it. */
    private void decide(SwitchoverWorkflow workflow) {
        SwitchoverBoard board = workflow.board();
        Set<Control> controls = new HashSet<>();
        for (SwitchoverBoard.LaneBoard lane : board.lanes()) {
            for (BoardTask task : lane.tasks()) {
                StepStanding current = task.current();
                if (current != null) {
                    GOES_ON.stream()
                            .filter(task.actions()::contains)
                            .findFirst()
                            .ifPresent(action -> controls.add(Control.all(
                                    action,
                                    current.step(),
                                    lane.lane().number(),
                                    board.version(),
                                    ANN,
                                    "the board says so")));
                }
            }
        }
        for (Control control : controls) {
            if (workflow.act(control) instanceof ControlAnswer.Accepted accepted) {
                voice.say(
                        "CONTROL",
                        workflow.id(),
                        control.step().name(),
                        control.action().name(),
                        accepted.tasks().stream().map(TaskRef::id).collect(Collectors.joining(",")));
            }
        }
    }

    private List<Wish> open() {
        String sql = "SELECT request, operation, tasks FROM wish WHERE NOT done ORDER BY number";
        try (Connection connection = wishes.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            List<Wish> open = new ArrayList<>();
            while (row.next()) {
                String wanted = row.getString("operation");
                BatchOperation operation = BatchOperation.all().stream()
                        .filter(known -> known.kind().name().equals(wanted))
                        .reduce((first, second) -> second)
                        .orElseThrow();
                List<TaskRef> tasks = Arrays.stream(
                                (String[]) row.getArray("tasks").getArray())
                        .map(TaskRow::ref)
                        .toList();
                open.add(new Wish(row.getString("request"), operation, tasks));
            }
            return open;
        } catch (SQLException broken) {
            throw new IllegalStateException(sql, broken);
        }
    }

    private void done(Wish wish) {
        String sql = "UPDATE wish SET done = TRUE WHERE request = ?";
        try (Connection connection = wishes.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, wish.request());
            statement.executeUpdate();
        } catch (SQLException broken) {
            throw new IllegalStateException(sql, broken);
        }
    }
}
