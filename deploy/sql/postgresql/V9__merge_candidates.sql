-- Pairs of unified rows that may be one, with what became of them. No value of a row is in them.
SET LOCAL ROLE autonomos_owner;

CREATE TABLE merge_candidates (
    tenant       text        NOT NULL,
    candidate_id text        NOT NULL,
    entity       text        NOT NULL,
    from_id      text        NOT NULL,
    into_id      text        NOT NULL,
    status       text        NOT NULL,
    found_at     timestamptz NOT NULL,
    decided_by   text,
    reason       text,
    decided_at   timestamptz,
    candidate    json        NOT NULL,
    PRIMARY KEY (tenant, candidate_id)
);

RESET ROLE;
SELECT autonomos_protect('merge_candidates');
