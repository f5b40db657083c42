package io.autonomos.jobs.simulate;

import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Tier;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What became of one stream whose records changed. */
public final class StreamOutcome {

    private static final Set<String> QUIET = Set.of("none", "low");
    private static final long STILL_MILLIS = 4_000;

    private final StreamKey key;
    private final SimulatedDrift drift;
    private final Map<String, DriftEvent> events = new LinkedHashMap<>();
    private final Map<String, RepairProposal> proposals = new LinkedHashMap<>();
    private final Set<String> eventIds = new HashSet<>();
    private final Map<String, Instant> clocks = new HashMap<>();
    private LedgerEntry account;
    private long doubled;
    private long disordered;
    private long driftedAt;
    private long appliedAt;
    private long movedAt = System.currentTimeMillis();

    StreamOutcome(StreamKey key, SimulatedDrift drift) {
        this.key = key;
        this.drift = drift;
    }

    /** The stream. */
    public StreamKey key() {
        return key;
    }

    /** How its records changed. */
    public SimulatedDrift drift() {
        return drift;
    }

    void drifts(long at) {
        driftedAt = at;
        movedAt = at;
    }

    void account(LedgerEntry entry) {
        if (account == null || account.at() < entry.at()) {
            account = entry;
            movedAt = System.currentTimeMillis();
        }
    }

    void drifted(DriftEvent event) {
        events.put(event.id(), event);
        movedAt = System.currentTimeMillis();
    }

    void proposed(RepairProposal proposal) {
        proposals.put(proposal.id(), proposal);
        movedAt = System.currentTimeMillis();
    }

    void applied(long at) {
        if (driftedAt > 0 && appliedAt == 0) {
            appliedAt = at;
        }
        movedAt = System.currentTimeMillis();
    }

    /** A canonical event of the stream came. */
    void event(String id, String recordId, Instant clock) {
        doubled += eventIds.add(id) ? 0 : 1;
        Instant last = clocks.put(recordId, clock);
        disordered += last != null && clock.isBefore(last) ? 1 : 0;
    }

    /** Canonical events that came more than once. */
    public long doubled() {
        return doubled;
    }

    /** Canonical events that came after a later one of their record. */
    public long disordered() {
        return disordered;
    }

    /** Canonical events that the account has and the topic has not. */
    public long missing() {
        return account == null ? 0 : account.events() - eventIds.size();
    }

    /** The stream's account, or null while there is none. */
    public LedgerEntry account() {
        return account;
    }

    long in() {
        return account == null ? 0 : account.in();
    }

    /** The drift events, by id. */
    public Map<String, DriftEvent> events() {
        return events;
    }

    /** Milliseconds from the first changed record to the mended mapping, or -1 without one. */
    public long appliedAfter() {
        return appliedAt == 0 ? -1 : Math.max(0, appliedAt - driftedAt);
    }

    private boolean isAsked() {
        return proposals.values().stream().anyMatch(each -> each.tier() != Tier.APPLY);
    }

    /** Whether nothing is expected to happen any more. */
    boolean isSettled() {
        if (account == null) {
            return false;
        }
        boolean done =
                switch (drift.expected()) {
                    case HELD -> isAsked() || (appliedAt > 0 && account.parked() == 0);
                    case NOTED -> !events.isEmpty();
                    case QUIET -> account.parked() == 0;
                };
        return done && missing() == 0 && System.currentTimeMillis() - movedAt > STILL_MILLIS;
    }

    /** Whether the job did what it should. */
    public boolean isAsExpected() {
        if (account == null) {
            return false;
        }
        boolean accounted =
                account.residual() == 0 && missing() == 0 && doubled == 0 && disordered == 0;
        boolean seen =
                switch (drift.expected()) {
                    case HELD -> !events.isEmpty() && (appliedAt > 0 || isAsked());
                    case NOTED -> !events.isEmpty() && account.parked() == 0;
                    case QUIET ->
                            account.parked() == 0
                                    && events.values().stream()
                                            .allMatch(each -> QUIET.contains(each.severity()));
                };
        return seen && accounted && account.deadLettered() == 0;
    }

    /** In a word: applied, asked, refused, noted, quiet or waiting. */
    public String outcome() {
        if (appliedAt > 0) {
            return account.parked() == 0 ? "applied" : "applied, waits";
        }
        if (proposals.values().stream().anyMatch(each -> each.tier() == Tier.REVIEW)) {
            return "asked";
        }
        if (!proposals.isEmpty()) {
            return "refused";
        }
        if (account.parked() > 0) {
            return "waits";
        }
        return events.isEmpty() ? "quiet" : "noted";
    }
}
