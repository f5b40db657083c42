-- The latest account of each stream. residual is 0, or a record was lost or doubled.
SET LOCAL ROLE autonomos_owner;

CREATE TABLE ledger (
    tenant        text        NOT NULL,
    connection    text        NOT NULL,
    stream        text        NOT NULL,
    source        text,
    entity        text,
    received      bigint      NOT NULL,
    canonical     bigint      NOT NULL,
    filtered      bigint      NOT NULL,
    parked        bigint      NOT NULL,
    dead_lettered bigint      NOT NULL,
    events        bigint      NOT NULL,
    residual      bigint      NOT NULL GENERATED ALWAYS AS
                  (received - canonical - filtered - parked - dead_lettered) STORED,
    drawn_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant, connection, stream)
);

RESET ROLE;
SELECT autonomos_protect('ledger');
