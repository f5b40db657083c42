package io.autonomos.operators.drift;

import io.autonomos.mappings.profile.Incident;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RepairHints;
import java.util.ArrayList;
import java.util.List;

/** Tells what drifted and asks for repairs, and keeps what was told. */
final class Incidents {

    private final DriftState state;
    private final DriftMetrics metrics;
    private final DetectSettings settings;

    Incidents(DriftState state, DriftMetrics metrics, DetectSettings settings) {
        this.state = state;
        this.metrics = metrics;
        this.settings = settings;
    }

    void open(DriftEvent event) throws Exception {
        if (state.events().isEmpty()) {
            metrics.opened.inc();
        }
        state.addEvent(event);
    }

    /** Tells an event unless all its changes were told; returns whether it did. */
    boolean tell(DriftEvent event, Turn turn) throws Exception {
        boolean isNew = state.tell(event);
        if (isNew) {
            metrics.told(event.severity());
            turn.context().output(DetectDrift.DRIFTS, event);
        }
        return isNew;
    }

    /** Asks for a repair that is proved on the last of the records. */
    void ask(Incident incident, List<RawRecord> records, Turn turn) throws Exception {
        int from = Math.max(0, records.size() - settings.mostRecords());
        turn.out()
                .collect(
                        new RepairTask(
                                turn.stream().key(),
                                turn.stream().source(),
                                state.mapping(),
                                turn.stream().version(),
                                state.baselineBytes(),
                                MessageJson.write(incident.event()),
                                List.copyOf(incident.lost()),
                                List.copyOf(incident.suspect()),
                                records.subList(from, records.size()),
                                turn.standing().parked,
                                turn.now(),
                                RepairHints.NONE));
    }

    /** The incident is over; its events are told with their final counts. */
    void end(Turn turn) throws Exception {
        Standing standing = turn.standing();
        List<DriftEvent> events = new ArrayList<>(state.events());
        for (DriftEvent each : events) {
            long count = events.size() == 1 ? Math.max(standing.drifted, standing.parked) : 0;
            long records = Math.max(each.records(), count);
            turn.context()
                    .output(DetectDrift.DRIFTS, each.seen(records, each.firstSeen(), turn.at()));
        }
        if (!events.isEmpty()) {
            metrics.settled.inc();
        }
        state.endIncident();
        standing.endIncident();
    }
}
