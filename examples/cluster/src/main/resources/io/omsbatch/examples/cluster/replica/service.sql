-- db-scheduler's own table
CREATE TABLE scheduled_tasks (
    task_name            text NOT NULL,
    task_instance        text NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);

-- which replica began a run or took it over, for the account at the end
CREATE TABLE tended (
    run_id  text NOT NULL,
    replica text NOT NULL,
    how     text NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
