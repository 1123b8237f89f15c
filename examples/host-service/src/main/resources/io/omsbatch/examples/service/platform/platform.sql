-- The jobs. Times are milliseconds since 1970 by the platform's clock.
CREATE TABLE IF NOT EXISTS job (
    id VARCHAR(200) PRIMARY KEY,
    name VARCHAR(256) NOT NULL,
    revision BIGINT NOT NULL,
    status VARCHAR(20) NOT NULL,
    stage VARCHAR(20) NOT NULL,
    mark VARCHAR(20) NOT NULL,
    alarm VARCHAR(20) NOT NULL,
    work VARCHAR(20),
    work_due BIGINT,
    step VARCHAR(20),
    step_state VARCHAR(20),
    step_due BIGINT,
    log_start BIGINT,
    stop_point BIGINT,
    followed_until BIGINT,
    back BOOLEAN NOT NULL,
    obstacle VARCHAR(2000) NOT NULL
);

-- The highest token that was seen of each run.
CREATE TABLE IF NOT EXISTS fence (
    run VARCHAR(200) PRIMARY KEY,
    token BIGINT NOT NULL
);

-- The keys of the orders that had their effect.
CREATE TABLE IF NOT EXISTS seen (
    order_key VARCHAR(200) PRIMARY KEY
);

-- Which run took which step back; the same run may not do it again.
CREATE TABLE IF NOT EXISTS taken_back (
    run VARCHAR(200),
    job VARCHAR(200),
    step VARCHAR(20),
    PRIMARY KEY (run, job, step)
);

-- One row: whoever holds it judges an order.
CREATE TABLE IF NOT EXISTS turn (
    one INTEGER PRIMARY KEY
);

MERGE INTO turn KEY (one) VALUES (1);
