-- What became of each stream's events where views are made. residual is 0, or an event was lost or doubled.
SET LOCAL ROLE autonomos_owner;

CREATE TABLE view_ledger (
    tenant     text        NOT NULL,
    connection text        NOT NULL,
    stream     text        NOT NULL,
    source     text        NOT NULL,
    entity     text        NOT NULL,
    canonical  bigint      NOT NULL,
    applied    bigint      NOT NULL,
    duplicate  bigint      NOT NULL,
    stale      bigint      NOT NULL,
    residual   bigint      NOT NULL GENERATED ALWAYS AS
               (canonical - applied - duplicate - stale) STORED,
    drawn_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant, connection, stream)
);

RESET ROLE;
SELECT autonomos_protect('view_ledger');
