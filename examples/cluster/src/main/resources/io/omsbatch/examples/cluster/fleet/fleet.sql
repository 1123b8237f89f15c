-- A task of the platform, at which step it was found, and where it stands in its switchover: at a step, which was begun when it has
-- a time to be over.
CREATE TABLE task (
    id      text PRIMARY KEY,
    parts   text NOT NULL,
    entry   text NOT NULL,
    step    text NOT NULL,
    over_at timestamptz,
    stop_at timestamptz
);

-- the highest fencing token that was seen of each run
CREATE TABLE fence (
    run_id text PRIMARY KEY,
    token  bigint NOT NULL
);

-- every command that was taken, so that its repetition has no second effect
CREATE TABLE command (
    key text PRIMARY KEY
);

-- what was done, whoever asked for it; nothing here forbids that it is done twice
CREATE TABLE effect (
    task_id text NOT NULL,
    step    text NOT NULL,
    replica text NOT NULL,
    run_id  text NOT NULL,
    token   bigint NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- what was refused because its token was outdated
CREATE TABLE refused (
    task_id text NOT NULL,
    replica text NOT NULL
);
