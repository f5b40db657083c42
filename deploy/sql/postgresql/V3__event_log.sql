-- Every canonical event once, as it went out, and once more for each newer version of its mapping
-- that translated it again. json, not jsonb: it keeps the bytes, and it can hold
-- an escaped U+0000 inside extras. Not partitioned: the primary key must find a repeated event
-- whatever its time, and no retention is promised yet.
SET LOCAL ROLE autonomos_owner;

CREATE TABLE canonical_events (
    tenant          text        NOT NULL,
    event_id        text        NOT NULL,
    entity          text        NOT NULL,
    connection      text        NOT NULL,
    stream          text        NOT NULL,
    record_id       text        NOT NULL,
    op              text        NOT NULL,
    event_time      timestamptz NOT NULL,
    position        bigint      NOT NULL,
    mapping         text,
    mapping_version integer     NOT NULL,
    event           json        NOT NULL,
    written_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, event_id, mapping_version)
);

RESET ROLE;
SELECT autonomos_protect('canonical_events');
