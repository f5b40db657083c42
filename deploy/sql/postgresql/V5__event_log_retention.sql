-- For postgres.sink.event-log-retention: lets the job delete the oldest events. Partitions by time
-- would be dropped faster, but a unique key must hold the partition's column, and the time of
-- writing differs where an event is written a second time after a restart.
SET LOCAL ROLE autonomos_owner;
GRANT DELETE ON canonical_events TO autonomos_writer;
RESET ROLE;
