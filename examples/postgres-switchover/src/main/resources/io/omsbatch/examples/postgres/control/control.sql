-- one after the other: two processes may start at the same time
SELECT pg_advisory_lock(7100);

CREATE TABLE IF NOT EXISTS task (
    id                text PRIMARY KEY,
    parts             text NOT NULL,
    protection        text NOT NULL,
    status            text NOT NULL,
    stage             text NOT NULL,
    stage_going       text NOT NULL,
    step              text,
    step_going        text,
    -- the step that is being taken back
    undo              text,
    -- which of its switchovers that is; the even ones go back
    round             integer,
    forward           boolean NOT NULL,
    reverse           boolean NOT NULL,
    store_start       pg_lsn,
    stop_position     pg_lsn,
    stop_at           timestamptz,
    problem_code      text,
    problem_message   text,
    problem_remedy    text,
    problem_retryable boolean,
    changed_at        timestamptz NOT NULL DEFAULT now()
);

-- the highest fencing token that was seen of each run
CREATE TABLE IF NOT EXISTS fence (
    run_id text PRIMARY KEY,
    token  bigint NOT NULL
);

-- the process that carries out what was taken; whoever holds the lock may write it
CREATE TABLE IF NOT EXISTS leader (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    process  text NOT NULL
);

-- every command that was taken, so that its repetition has no second effect
CREATE TABLE IF NOT EXISTS command (
    key      text PRIMARY KEY,
    run_id   text NOT NULL,
    token    bigint NOT NULL,
    attempt  integer NOT NULL,
    task_id  text NOT NULL,
    wish     text NOT NULL,
    actor    text NOT NULL,
    finished boolean NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS command_of_task ON command (task_id, run_id);

CREATE TABLE IF NOT EXISTS finding (
    task_id  text NOT NULL,
    position integer NOT NULL,
    id       text NOT NULL,
    severity text NOT NULL,
    message  text NOT NULL,
    remedy   text NOT NULL,
    PRIMARY KEY (task_id, position)
);

CREATE TABLE IF NOT EXISTS database_object (
    task_id     text NOT NULL,
    position    integer NOT NULL,
    id          text NOT NULL,
    description text NOT NULL,
    going       text NOT NULL,
    message     text NOT NULL,
    -- whether it was not there before
    ours        boolean NOT NULL,
    PRIMARY KEY (task_id, position)
);

-- When a full verification last found no difference.
CREATE TABLE IF NOT EXISTS verified (
    task_id text PRIMARY KEY,
    at timestamptz NOT NULL
);

-- When the last switchover was over.
CREATE TABLE IF NOT EXISTS switched (
    task_id text PRIMARY KEY,
    at timestamptz NOT NULL
);

SELECT pg_advisory_unlock(7100);
