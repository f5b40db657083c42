#!/usr/bin/env bash
# supervise.sh NAME RUN_DIR OUTPUT SIGNAL COMMAND...
# Runs the command, and runs it again when it dies, until this script gets SIGTERM; then the command gets the signal.
# Gives up when it dies five times in a row within 15 s of its start.
name=$1 run=$2 output=$3 signal=$4
shift 4
trap '' HUP INT
stop=
child=
trap 'stop=1; [ -n "$child" ] && kill -"$signal" "$child" 2>/dev/null' TERM
echo $$ >"$run/$name.supervisor.pid"
short=0
while [ -z "$stop" ]; do
  started=$SECONDS
  "$@" >>"$output" 2>&1 </dev/null &
  child=$!
  echo "$child" >"$run/$name.pid"
  [ -n "$stop" ] && kill -"$signal" "$child" 2>/dev/null
  while kill -0 "$child" 2>/dev/null; do wait "$child"; done
  [ -n "$stop" ] && break
  if [ $((SECONDS - started)) -lt 15 ]; then short=$((short + 1)); else short=0; fi
  if [ "$short" -ge 5 ]; then
    echo "$name died five times in a row right after its start; not started again." >>"$output"
    break
  fi
  # What the dead one held, such as PostgreSQL's shared memory, may take a moment to be free.
  sleep $((short + 1))
done
rm -f "$run/$name.pid" "$run/$name.supervisor.pid"
