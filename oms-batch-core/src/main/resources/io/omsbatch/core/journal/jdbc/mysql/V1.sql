-- The versions of the tables that were applied.
CREATE TABLE IF NOT EXISTS {schema_version} (
    version INTEGER NOT NULL PRIMARY KEY
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How often the journal was opened; makes numbers that nobody else uses.
CREATE TABLE IF NOT EXISTS {counter} (
    id INTEGER NOT NULL PRIMARY KEY,
    opened BIGINT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Plans. One that was saved for consent bears its fingerprint in saved_as until it expires; it may belong to a run as the others do.
CREATE TABLE IF NOT EXISTS {plan} (
    plan_id BIGINT NOT NULL PRIMARY KEY,
    saved_as VARCHAR(201),
    fingerprint VARCHAR(201) NOT NULL,
    request_id VARCHAR(201) NOT NULL,
    actor VARCHAR(200) NOT NULL,
    operation VARCHAR(40) NOT NULL,
    alert_level VARCHAR(40),
    planned_at DATETIME(6) NOT NULL,
    valid_until DATETIME(6) NOT NULL,
    tasks INTEGER NOT NULL,
    detail MEDIUMTEXT NOT NULL,
    format INTEGER NOT NULL,
    UNIQUE KEY {plan_saved} (saved_as)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The lanes of a plan.
CREATE TABLE IF NOT EXISTS {plan_lane} (
    plan_id BIGINT NOT NULL,
    lane INTEGER NOT NULL,
    migration_type VARCHAR(200) NOT NULL,
    entry_step VARCHAR(40) NOT NULL,
    PRIMARY KEY (plan_id, lane)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The tasks of a plan as they were read.
CREATE TABLE IF NOT EXISTS {plan_task} (
    plan_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    platform VARCHAR(201) NOT NULL,
    task VARCHAR(201) NOT NULL,
    verdict VARCHAR(40) NOT NULL,
    lane INTEGER,
    name MEDIUMTEXT,
    status VARCHAR(40),
    migration_type VARCHAR(200),
    stage VARCHAR(40),
    stage_state VARCHAR(40),
    step VARCHAR(40),
    step_state VARCHAR(40),
    alert_level VARCHAR(40),
    latest_at VARCHAR(40),
    revision VARCHAR(200),
    detail MEDIUMTEXT NOT NULL,
    PRIMARY KEY (plan_id, seq)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Confirmed runs. The hash is over what was confirmed; the state is the one in the lease, here to be listed by.
CREATE TABLE IF NOT EXISTS {run} (
    run_id VARCHAR(201) NOT NULL PRIMARY KEY,
    request_id VARCHAR(201) NOT NULL,
    plan_id BIGINT NOT NULL,
    operation VARCHAR(40) NOT NULL,
    confirmed_plan VARCHAR(201) NOT NULL,
    confirmed_by VARCHAR(201) NOT NULL,
    reason MEDIUMTEXT NOT NULL,
    started_at DATETIME(6) NOT NULL,
    ended_at DATETIME(6),
    state VARCHAR(40) NOT NULL,
    format INTEGER NOT NULL,
    redrive_of VARCHAR(201),
    hash VARCHAR(64) NOT NULL,
    UNIQUE KEY {run_request} (request_id),
    KEY {run_ended} (ended_at),
    KEY {run_listed} (started_at DESC, run_id DESC),
    KEY {run_state} (state, started_at DESC, run_id DESC),
    KEY {run_operation} (operation, started_at DESC, run_id DESC),
    KEY {run_confirmed_by} (confirmed_by, started_at DESC, run_id DESC),
    KEY {run_redrive_of} (redrive_of, started_at DESC, run_id DESC)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Tasks that an earlier run left UNKNOWN, and that the actor of a run acknowledged.
CREATE TABLE IF NOT EXISTS {acknowledged} (
    run_id VARCHAR(201) NOT NULL,
    platform VARCHAR(201) NOT NULL,
    task VARCHAR(201) NOT NULL,
    KEY {acknowledged_run} (run_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What second persons said of plans.
CREATE TABLE IF NOT EXISTS {approval} (
    approved_plan VARCHAR(201) NOT NULL,
    approved_by VARCHAR(201) NOT NULL,
    granted BOOLEAN NOT NULL,
    reason MEDIUMTEXT NOT NULL,
    approved_at DATETIME(6) NOT NULL,
    KEY {approval_plan} (approved_plan)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The approvals that runs needed.
CREATE TABLE IF NOT EXISTS {approved} (
    run_id VARCHAR(201) NOT NULL PRIMARY KEY,
    approved_by VARCHAR(201) NOT NULL,
    reason MEDIUMTEXT NOT NULL,
    approved_at DATETIME(6) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who may write to a run, and until when nobody else may take it over; how far it is written, with which hash, and how it stands. Locked by every write.
CREATE TABLE IF NOT EXISTS {lease} (
    run_id VARCHAR(201) NOT NULL PRIMARY KEY,
    token BIGINT NOT NULL,
    owner VARCHAR(201) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    last_seq BIGINT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    state VARCHAR(40) NOT NULL,
    state_since DATETIME(6) NOT NULL,
    why VARCHAR(200) NOT NULL,
    paused BOOLEAN NOT NULL,
    KEY {lease_over} (state, expires_at, run_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was intended, and what came of it. Each hash is over the one before it and the row.
CREATE TABLE IF NOT EXISTS {entry} (
    run_id VARCHAR(201) NOT NULL,
    seq BIGINT NOT NULL,
    token BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    platform VARCHAR(201),
    task VARCHAR(201),
    step VARCHAR(200),
    attempt INTEGER,
    happened_at DATETIME(6) NOT NULL,
    code VARCHAR(200) NOT NULL,
    detail MEDIUMTEXT NOT NULL,
    format INTEGER NOT NULL,
    batch BIGINT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (run_id, seq)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What operators ask of runs on other engines; without an answer as long as answered is NULL, then the number of the fact with it.
CREATE TABLE IF NOT EXISTS {command} (
    run_id VARCHAR(201) NOT NULL,
    command_id VARCHAR(201) NOT NULL,
    put_at DATETIME(6) NOT NULL,
    place BIGINT NOT NULL,
    sent_at DATETIME(6) NOT NULL,
    action VARCHAR(200) NOT NULL,
    detail MEDIUMTEXT NOT NULL,
    format INTEGER NOT NULL,
    answered BIGINT,
    PRIMARY KEY (run_id, command_id),
    KEY {command_waiting} (answered, run_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which run holds which task.
CREATE TABLE IF NOT EXISTS {claim} (
    platform VARCHAR(201) NOT NULL,
    task VARCHAR(201) NOT NULL,
    run_id VARCHAR(201) NOT NULL,
    since DATETIME(6) NOT NULL,
    unsettled BOOLEAN NOT NULL,
    PRIMARY KEY (platform, task),
    KEY {claim_run} (run_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What is left of runs that were purged.
CREATE TABLE IF NOT EXISTS {purged} (
    run_id VARCHAR(201) NOT NULL PRIMARY KEY,
    request_id VARCHAR(201) NOT NULL,
    plan_id BIGINT NOT NULL,
    operation VARCHAR(40) NOT NULL,
    confirmed_plan VARCHAR(201) NOT NULL,
    confirmed_by VARCHAR(201) NOT NULL,
    started_at DATETIME(6) NOT NULL,
    ended_at DATETIME(6) NOT NULL,
    purged_at DATETIME(6) NOT NULL,
    last_seq BIGINT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    remains BOOLEAN NOT NULL,
    KEY {purged_remains} (remains)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO {counter} (id, opened)
SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM {counter});
