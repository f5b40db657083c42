-- Drift events, repair proposals with what became of them, and the review log: who decided what,
-- when and why. Names and types of source fields are in them, values are masked or absent.
SET LOCAL ROLE autonomos_owner;

CREATE TABLE drift_events (
    tenant          text        NOT NULL,
    drift_id        text        NOT NULL,
    connection      text        NOT NULL,
    source          text        NOT NULL,
    stream          text        NOT NULL,
    severity        text        NOT NULL,
    mapping         text,
    mapping_version integer     NOT NULL,
    records         bigint      NOT NULL,
    first_seen      timestamptz NOT NULL,
    seen_at         timestamptz NOT NULL,
    event           json        NOT NULL,
    PRIMARY KEY (tenant, drift_id)
);

CREATE TABLE repair_proposals (
    tenant               text             NOT NULL,
    proposal_id          text             NOT NULL,
    drift_id             text             NOT NULL,
    connection           text             NOT NULL,
    source               text             NOT NULL,
    stream               text             NOT NULL,
    entity               text             NOT NULL,
    base_mapping         text             NOT NULL,
    base_mapping_version integer          NOT NULL,
    confidence           double precision NOT NULL,
    tier                 text             NOT NULL,
    parked               bigint           NOT NULL,
    made_at              timestamptz      NOT NULL,
    expires_at           timestamptz      NOT NULL,
    status               text             NOT NULL,
    decided_by           text,
    reason               text,
    version              integer          NOT NULL,
    decided_at           timestamptz,
    proposal             json             NOT NULL,
    PRIMARY KEY (tenant, proposal_id)
);

CREATE TABLE review_log (
    tenant      text        NOT NULL,
    entry_id    text        NOT NULL,
    proposal_id text        NOT NULL,
    connection  text,
    stream      text,
    status      text        NOT NULL,
    review_id   text,
    decision    text,
    version     integer     NOT NULL,
    decided_by  text        NOT NULL,
    reason      text,
    logged_at   timestamptz NOT NULL,
    entry       json        NOT NULL,
    PRIMARY KEY (tenant, entry_id)
);
CREATE INDEX review_log_proposal ON review_log (tenant, proposal_id);

RESET ROLE;
SELECT autonomos_protect('drift_events');
SELECT autonomos_protect('repair_proposals');
SELECT autonomos_protect('review_log');
