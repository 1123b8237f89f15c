-- The versions of the tables that were applied.
CREATE TABLE IF NOT EXISTS {schema_version} (
    version INTEGER NOT NULL PRIMARY KEY
);

-- How often the journal was opened; makes numbers that nobody else uses.
CREATE TABLE IF NOT EXISTS {counter} (
    id INTEGER NOT NULL PRIMARY KEY,
    opened BIGINT NOT NULL
);

-- Plans. One that was saved for consent bears its fingerprint in saved_as until it expires; it may belong to a run as the others do.
CREATE TABLE IF NOT EXISTS {plan} (
    plan_id BIGINT NOT NULL PRIMARY KEY,
    saved_as CHARACTER VARYING(201),
    fingerprint CHARACTER VARYING(201) NOT NULL,
    request_id CHARACTER VARYING(201) NOT NULL,
    actor CHARACTER VARYING(200) NOT NULL,
    operation VARCHAR(40) NOT NULL,
    alert_level VARCHAR(40),
    planned_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    valid_until TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    tasks INTEGER NOT NULL,
    detail CHARACTER VARYING(1000000) NOT NULL,
    format INTEGER NOT NULL
);

CREATE UNIQUE INDEX IF NOT EXISTS {plan_saved} ON {plan} (saved_as);

-- The lanes of a plan.
CREATE TABLE IF NOT EXISTS {plan_lane} (
    plan_id BIGINT NOT NULL,
    lane INTEGER NOT NULL,
    migration_type VARCHAR(200) NOT NULL,
    entry_step VARCHAR(40) NOT NULL,
    PRIMARY KEY (plan_id, lane)
);

-- The tasks of a plan as they were read.
CREATE TABLE IF NOT EXISTS {plan_task} (
    plan_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    platform CHARACTER VARYING(201) NOT NULL,
    task CHARACTER VARYING(201) NOT NULL,
    verdict VARCHAR(40) NOT NULL,
    lane INTEGER,
    name CHARACTER VARYING(1000000),
    status VARCHAR(40),
    migration_type VARCHAR(200),
    stage VARCHAR(40),
    stage_state VARCHAR(40),
    step VARCHAR(40),
    step_state VARCHAR(40),
    alert_level VARCHAR(40),
    latest_at VARCHAR(40),
    revision CHARACTER VARYING(200),
    detail CHARACTER VARYING(1000000) NOT NULL,
    PRIMARY KEY (plan_id, seq)
);

-- Confirmed runs. The hash is over what was confirmed; the state is the one in the lease, here to be listed by.
CREATE TABLE IF NOT EXISTS {run} (
    run_id CHARACTER VARYING(201) NOT NULL PRIMARY KEY,
    request_id CHARACTER VARYING(201) NOT NULL,
    plan_id BIGINT NOT NULL,
    operation VARCHAR(40) NOT NULL,
    confirmed_plan CHARACTER VARYING(201) NOT NULL,
    confirmed_by CHARACTER VARYING(201) NOT NULL,
    reason CHARACTER VARYING(1000000) NOT NULL,
    started_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP(6) WITH TIME ZONE,
    state VARCHAR(40) NOT NULL,
    format INTEGER NOT NULL,
    redrive_of CHARACTER VARYING(201),
    hash CHARACTER VARYING(64) NOT NULL
);

CREATE UNIQUE INDEX IF NOT EXISTS {run_request} ON {run} (request_id);

CREATE INDEX IF NOT EXISTS {run_ended} ON {run} (ended_at);

CREATE INDEX IF NOT EXISTS {run_listed} ON {run} (started_at DESC, run_id DESC);

CREATE INDEX IF NOT EXISTS {run_state} ON {run} (state, started_at DESC, run_id DESC);

CREATE INDEX IF NOT EXISTS {run_operation} ON {run} (operation, started_at DESC, run_id DESC);

CREATE INDEX IF NOT EXISTS {run_confirmed_by} ON {run} (confirmed_by, started_at DESC, run_id DESC);

CREATE INDEX IF NOT EXISTS {run_redrive_of} ON {run} (redrive_of, started_at DESC, run_id DESC);

-- Tasks that an earlier run left UNKNOWN, and that the actor of a run acknowledged.
CREATE TABLE IF NOT EXISTS {acknowledged} (
    run_id CHARACTER VARYING(201) NOT NULL,
    platform CHARACTER VARYING(201) NOT NULL,
    task CHARACTER VARYING(201) NOT NULL
);

CREATE INDEX IF NOT EXISTS {acknowledged_run} ON {acknowledged} (run_id);

-- What second persons said of plans.
CREATE TABLE IF NOT EXISTS {approval} (
    approved_plan CHARACTER VARYING(201) NOT NULL,
    approved_by CHARACTER VARYING(201) NOT NULL,
    granted BOOLEAN NOT NULL,
    reason CHARACTER VARYING(1000000) NOT NULL,
    approved_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

CREATE INDEX IF NOT EXISTS {approval_plan} ON {approval} (approved_plan);

-- The approvals that runs needed.
CREATE TABLE IF NOT EXISTS {approved} (
    run_id CHARACTER VARYING(201) NOT NULL PRIMARY KEY,
    approved_by CHARACTER VARYING(201) NOT NULL,
    reason CHARACTER VARYING(1000000) NOT NULL,
    approved_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

-- Who may write to a run, and until when nobody else may take it over; how far it is written, with which hash, and how it stands. Locked by every write.
CREATE TABLE IF NOT EXISTS {lease} (
    run_id CHARACTER VARYING(201) NOT NULL PRIMARY KEY,
    token BIGINT NOT NULL,
    owner CHARACTER VARYING(201) NOT NULL,
    expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    last_seq BIGINT NOT NULL,
    hash CHARACTER VARYING(64) NOT NULL,
    state VARCHAR(40) NOT NULL,
    state_since TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    why CHARACTER VARYING(200) NOT NULL,
    paused BOOLEAN NOT NULL
);

CREATE INDEX IF NOT EXISTS {lease_over} ON {lease} (state, expires_at, run_id);

-- What was intended, and what came of it. Each hash is over the one before it and the row.
CREATE TABLE IF NOT EXISTS {entry} (
    run_id CHARACTER VARYING(201) NOT NULL,
    seq BIGINT NOT NULL,
    token BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    platform CHARACTER VARYING(201),
    task CHARACTER VARYING(201),
    step CHARACTER VARYING(200),
    attempt INTEGER,
    happened_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    code CHARACTER VARYING(200) NOT NULL,
    detail CHARACTER VARYING(1000000) NOT NULL,
    format INTEGER NOT NULL,
    batch BIGINT NOT NULL,
    hash CHARACTER VARYING(64) NOT NULL,
    PRIMARY KEY (run_id, seq)
);

-- What operators ask of runs on other engines; without an answer as long as answered is NULL, then the number of the fact with it.
CREATE TABLE IF NOT EXISTS {command} (
    run_id CHARACTER VARYING(201) NOT NULL,
    command_id CHARACTER VARYING(201) NOT NULL,
    put_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    place BIGINT NOT NULL,
    sent_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    action CHARACTER VARYING(200) NOT NULL,
    detail CHARACTER VARYING(1000000) NOT NULL,
    format INTEGER NOT NULL,
    answered BIGINT,
    PRIMARY KEY (run_id, command_id)
);

CREATE INDEX IF NOT EXISTS {command_waiting} ON {command} (answered, run_id);

-- Which run holds which task.
CREATE TABLE IF NOT EXISTS {claim} (
    platform CHARACTER VARYING(201) NOT NULL,
    task CHARACTER VARYING(201) NOT NULL,
    run_id CHARACTER VARYING(201) NOT NULL,
    since TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    unsettled BOOLEAN NOT NULL,
    PRIMARY KEY (platform, task)
);

CREATE INDEX IF NOT EXISTS {claim_run} ON {claim} (run_id);

-- What is left of runs that were purged.
CREATE TABLE IF NOT EXISTS {purged} (
    run_id CHARACTER VARYING(201) NOT NULL PRIMARY KEY,
    request_id CHARACTER VARYING(201) NOT NULL,
    plan_id BIGINT NOT NULL,
    operation VARCHAR(40) NOT NULL,
    confirmed_plan CHARACTER VARYING(201) NOT NULL,
    confirmed_by CHARACTER VARYING(201) NOT NULL,
    started_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    purged_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    last_seq BIGINT NOT NULL,
    hash CHARACTER VARYING(64) NOT NULL,
    remains BOOLEAN NOT NULL
);

CREATE INDEX IF NOT EXISTS {purged_remains} ON {purged} (remains);

INSERT INTO {counter} (id, opened)
SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM {counter});
