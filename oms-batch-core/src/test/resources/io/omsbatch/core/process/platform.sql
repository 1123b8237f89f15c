-- A migration platform whose tasks are rows. What takes time is due at a time of this database's own clock.
CREATE TABLE task (
    id TEXT PRIMARY KEY,
    parts TEXT NOT NULL,
    steps TEXT[] NOT NULL,
    status TEXT NOT NULL,
    stage TEXT NOT NULL,
    stage_state TEXT NOT NULL,
    level TEXT NOT NULL DEFAULT 'NO_PROTECTION',
    step TEXT,
    step_state TEXT,
    forward TEXT NOT NULL DEFAULT 'ABSENT',
    reverse TEXT NOT NULL DEFAULT 'ABSENT',
    store_start BIGINT,
    stop_position BIGINT,
    stopped_at BIGINT,
    pending TEXT,
    due_at TIMESTAMPTZ
);

-- Every command that came, in the transaction of its effect; one that is done twice is here twice.
CREATE TABLE ledger (
    seq BIGSERIAL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    run TEXT NOT NULL,
    key TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    token BIGINT NOT NULL,
    task TEXT NOT NULL,
    what TEXT NOT NULL,
    verdict TEXT NOT NULL
);

CREATE INDEX ledger_key ON ledger (key);

-- The highest token that was seen of each run.
CREATE TABLE fence (
    run TEXT PRIMARY KEY,
    token BIGINT NOT NULL
);

-- What somebody wants done; the replicas look here for work.
CREATE TABLE wish (
    request TEXT PRIMARY KEY,
    operation TEXT NOT NULL,
    tasks TEXT[] NOT NULL,
    done BOOLEAN NOT NULL DEFAULT FALSE,
    number BIGSERIAL
);

CREATE FUNCTION millis(at TIMESTAMPTZ) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS $$
    SELECT floor(extract(epoch FROM at) * 1000)::BIGINT
$$;

-- The task as it is now: with what has become due.
CREATE FUNCTION settled(t task) RETURNS task LANGUAGE plpgsql AS $$
BEGIN
    IF t.pending IS NULL OR t.due_at > clock_timestamp() THEN
        RETURN t;
    END IF;
    CASE t.pending
        WHEN 'START', 'RESUME' THEN t.status := 'RUNNING';
        WHEN 'STOP' THEN t.status := 'STOPPED';
        WHEN 'END' THEN t.status := 'ENDED';
        ELSE
            t.step_state := 'DONE';
            CASE t.pending
                WHEN 'START_TARGET_STORE' THEN t.store_start := millis(t.due_at);
                WHEN 'CONFIRM_WRITES_STOPPED' THEN t.stop_position := millis(t.due_at);
                WHEN 'STOP_FORWARD_SYNC' THEN t.forward := 'STOPPED'; t.stopped_at := millis(t.due_at);
                WHEN 'START_REVERSE_INCREMENT' THEN t.reverse := 'RUNNING';
                ELSE NULL;
            END CASE;
    END CASE;
    t.pending := NULL;
    t.due_at := NULL;
    RETURN t;
END
$$;

-- Whether a newer owner of the run was seen; from now on until the transaction ends no newer one can come.
CREATE FUNCTION fenced(p_run TEXT, p_token BIGINT) RETURNS BOOLEAN LANGUAGE plpgsql AS $$
DECLARE
    highest BIGINT;
BEGIN
    SELECT token INTO highest FROM fence WHERE run = p_run;
    IF highest IS NULL OR highest < p_token THEN
        INSERT INTO fence AS seen (run, token) VALUES (p_run, p_token)
            ON CONFLICT (run) DO UPDATE SET token = GREATEST(seen.token, EXCLUDED.token);
    END IF;
    SELECT token INTO highest FROM fence WHERE run = p_run FOR SHARE;
    RETURN p_token < highest;
END
$$;

-- Whether the platform takes an operation of a task as it is. It does not mind doing again what was done, and takes that down.
CREATE FUNCTION allows(t task, what TEXT) RETURNS BOOLEAN LANGUAGE plpgsql AS $$
BEGIN
    RETURN CASE what
        WHEN 'START' THEN t.status IN ('NOT_STARTED', 'RUNNING')
        WHEN 'STOP' THEN t.status IN ('RUNNING', 'STOPPED')
        WHEN 'RESUME' THEN t.status IN ('STOPPED', 'FAILED', 'RUNNING')
        WHEN 'END' THEN t.status IN ('STOPPED', 'FAILED', 'COMPLETED', 'ENDING', 'ENDED')
        WHEN 'DELETE' THEN t.status IN ('NOT_STARTED', 'ENDED')
        WHEN 'MODIFY_ALERT_LEVEL' THEN t.status NOT IN ('COMPLETED', 'ENDING', 'ENDED')
        WHEN 'SKIP_FULL_VERIFICATION' THEN t.status = 'RUNNING' AND t.stage = 'FULL_VERIFICATION'
        WHEN 'ENTER_FORWARD_SWITCHOVER' THEN t.status = 'RUNNING' AND t.step IS NULL
            AND t.stage = 'FULL_VERIFICATION' AND t.stage_state = 'FINISHED'
        ELSE FALSE
    END;
END
$$;

-- Applies an operation to a task.
CREATE FUNCTION operate(t task, what TEXT, p_level TEXT, due TIMESTAMPTZ) RETURNS task LANGUAGE plpgsql AS $$
BEGIN
    CASE what
        WHEN 'START', 'STOP', 'RESUME' THEN t.pending := what; t.due_at := due;
        WHEN 'END' THEN t.status := 'ENDING'; t.pending := what; t.due_at := due;
        WHEN 'MODIFY_ALERT_LEVEL' THEN t.level := p_level;
        WHEN 'SKIP_FULL_VERIFICATION' THEN t.stage_state := 'SKIPPED';
        WHEN 'ENTER_FORWARD_SWITCHOVER' THEN
            t.stage := 'FORWARD_SWITCHOVER'; t.stage_state := 'RUNNING';
            t.step := t.steps[1]; t.step_state := 'WAITING'; t.forward := 'RUNNING';
    END CASE;
    RETURN t;
END
$$;

-- Where a step stands in the way of a task: OVER, UNDER_WAY, NEXT or ELSEWHERE.
CREATE FUNCTION standing(t task, what TEXT) RETURNS TEXT LANGUAGE plpgsql AS $$
DECLARE
    asked INTEGER := array_position(t.steps, what);
    current INTEGER := array_position(t.steps, t.step);
BEGIN
    RETURN CASE
        WHEN asked IS NULL OR current IS NULL OR t.status <> 'RUNNING' THEN 'ELSEWHERE'
        WHEN asked < current OR (asked = current AND t.step_state = 'DONE') THEN 'OVER'
        WHEN asked = current AND t.step_state = 'RUNNING' THEN 'UNDER_WAY'
        WHEN asked = current OR (asked = current + 1 AND t.step_state = 'DONE') THEN 'NEXT'
        ELSE 'ELSEWHERE'
    END;
END
$$;

-- Takes a task into a step, or past it.
CREATE FUNCTION take_step(t task, what TEXT, skip BOOLEAN, due TIMESTAMPTZ) RETURNS task LANGUAGE plpgsql AS $$
BEGIN
    t.step := what;
    IF skip OR what IN ('START_FORWARD_SWITCHOVER', 'CONFIRM_SYNC_TIMESTAMP', 'PROCESS_DATABASE_OBJECTS') THEN
        t.step_state := 'DONE';
    ELSE
        t.step_state := 'RUNNING'; t.pending := what; t.due_at := due;
    END IF;
    RETURN t;
END
$$;

-- One command, one transaction. The effect comes after a while, also if nobody waits for it any more; never after p_latest.
CREATE FUNCTION command(
    p_run TEXT, p_key TEXT, p_attempt INTEGER, p_token BIGINT, p_task TEXT, p_what TEXT, p_skip BOOLEAN, p_level TEXT,
    p_fences BOOLEAN, p_deduplicates BOOLEAN, p_latest TIMESTAMPTZ, p_delay INTERVAL, p_settle INTERVAL)
RETURNS TEXT LANGUAGE plpgsql AS $$
DECLARE
    t task;
    found_task BOOLEAN;
    is_step BOOLEAN := p_what NOT IN ('START', 'STOP', 'RESUME', 'END', 'DELETE', 'MODIFY_ALERT_LEVEL',
        'SKIP_FULL_VERIFICATION', 'ENTER_FORWARD_SWITCHOVER');
    verdict TEXT;
    due TIMESTAMPTZ;
BEGIN
    PERFORM pg_sleep(extract(epoch FROM p_delay));
    IF p_fences AND fenced(p_run, p_token) THEN
        verdict := 'FENCED';
    END IF;
    SELECT * INTO t FROM task WHERE id = p_task FOR UPDATE;
    found_task := FOUND;
    t := settled(t);
    due := clock_timestamp() + p_settle;
    verdict := CASE
        WHEN verdict IS NOT NULL THEN verdict
        WHEN p_deduplicates AND EXISTS (SELECT 1 FROM ledger l WHERE l.key = p_key AND l.verdict = 'EFFECT') THEN 'REPEATED'
        WHEN clock_timestamp() > p_latest THEN 'LATE'
        WHEN NOT found_task THEN 'REFUSED'
        WHEN is_step AND standing(t, p_what) IN ('OVER', 'UNDER_WAY') THEN 'NEEDLESS'
        WHEN is_step AND (standing(t, p_what) <> 'NEXT'
            OR (p_skip AND p_what IN ('START_FORWARD_SWITCHOVER', 'CONFIRM_WRITES_STOPPED', 'PROCESS_DATABASE_OBJECTS',
                'START_REVERSE_INCREMENT'))
            OR (p_what = 'START_REVERSE_INCREMENT' AND (t.forward = 'RUNNING' OR t.store_start IS NULL))) THEN 'REFUSED'
        WHEN NOT is_step AND NOT allows(t, p_what) THEN 'REFUSED'
        ELSE 'EFFECT'
    END;
    INSERT INTO ledger (at, run, key, attempt, token, task, what, verdict)
        VALUES (clock_timestamp(), p_run, p_key, p_attempt, p_token, p_task, p_what, verdict);
    IF verdict = 'EFFECT' AND p_what = 'DELETE' THEN
        DELETE FROM task WHERE id = p_task;
    ELSIF verdict = 'EFFECT' THEN
        t := CASE WHEN is_step THEN take_step(t, p_what, p_skip, due) ELSE operate(t, p_what, p_level, due) END;
        UPDATE task SET status = t.status, stage = t.stage, stage_state = t.stage_state, level = t.level, step = t.step,
            step_state = t.step_state, forward = t.forward, reverse = t.reverse, store_start = t.store_start,
            stop_position = t.stop_position, stopped_at = t.stopped_at, pending = t.pending, due_at = t.due_at
            WHERE id = p_task;
    END IF;
    RETURN verdict;
END
$$;
