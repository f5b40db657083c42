-- Each tenant's graph: where its data comes from, what it becomes, and who reads that. Edges point
-- where data flows; counts are those of the last checkpoint.
SET LOCAL ROLE autonomos_owner;

CREATE TABLE graph_nodes (
    tenant        text        NOT NULL,
    id            text        NOT NULL,
    kind          text        NOT NULL,
    label         text        NOT NULL,
    source        text,
    stream        text,
    connections   jsonb       NOT NULL,
    received      bigint,
    canonical     bigint,
    filtered      bigint,
    parked        bigint,
    dead_lettered bigint,
    written_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, id)
);

CREATE TABLE graph_edges (
    tenant          text             NOT NULL,
    id              text             NOT NULL,
    kind            text             NOT NULL,
    from_id         text             NOT NULL,
    to_id           text             NOT NULL,
    connection      text,
    mapping         text,
    mapping_version integer,
    origin          text,
    confidence      double precision,
    fields          jsonb,
    reads           jsonb            NOT NULL,
    events          bigint,
    applied         bigint,
    duplicate       bigint,
    stale           bigint,
    written_at      timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, id)
);

GRANT DELETE ON graph_nodes, graph_edges TO autonomos_writer;

RESET ROLE;
SELECT autonomos_protect('graph_nodes');
SELECT autonomos_protect('graph_edges');
