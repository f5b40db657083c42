package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MappingInEffect;
import io.autonomos.schemas.model.EntitySchema;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The accounts of the streams of one task: each is loaded when its stream is first seen, and its
 * counts are written before a checkpoint where they changed.
 */
final class StreamAccounts {

    // State names are part of the savepoint format: never rename one.
    static final String LEDGER_STATE = "ledger-entry";
    static final String COUNTS_STATE = "field-counts";

    private final TenantControls controls;
    private final MappingCatalog catalog = MappingCatalog.shipped();
    private final KeyContext keys;
    private final StreamMappings mappings;
    private final transient ValueState<LedgerEntry> ledger;
    private final transient ValueState<long[]> fieldCounts;
    private final Map<StreamKey, StreamAccount> accounts = new HashMap<>();
    private final Set<StreamAccount> retargeted = new LinkedHashSet<>();
    private StreamAccount last;

    StreamAccounts(
            Duration forgetAfter,
            KeyedStateStore state,
            StreamMappings mappings,
            KeyContext keys,
            TenantControls controls) {
        this.controls = controls;
        this.mappings = mappings;
        this.keys = keys;
        StateTtlConfig lapses = StateTtlConfig.newBuilder(forgetAfter).build();
        ValueStateDescriptor<LedgerEntry> entry =
                new ValueStateDescriptor<>(LEDGER_STATE, TypeInformation.of(LedgerEntry.class));
        entry.enableTimeToLive(lapses);
        ledger = state.getState(entry);
        ValueStateDescriptor<long[]> counts =
                new ValueStateDescriptor<>(
                        COUNTS_STATE, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);
        counts.enableTimeToLive(lapses);
        fieldCounts = state.getState(counts);
    }

    /** How many streams this task has seen. */
    int size() {
        return accounts.size();
    }

    /**
     * The account of a stream.
     *
     * @param parking takes up the records that waited when the job stopped
     */
    StreamAccount of(StreamKey key, Parking parking) throws Exception {
        if (last != null && last.key().equals(key)) {
            return last;
        }
        StreamAccount account = accounts.get(key);
        if (account == null) {
            keys.setCurrentKey(key);
            account = new StreamAccount(key, ledger.value());
            account.use(mappings.acquire());
            account.follow(controls.policy(key.tenant()));
            accounts.put(key, account);
            if (account.hasParked()) {
                parking.load(account);
            }
        }
        last = account;
        return account;
    }

    /** The account of a stream, or null where it was not seen yet. */
    StreamAccount known(StreamKey key) {
        return accounts.get(key);
    }

    /** The stream's records come from this source now. */
    void readAs(StreamAccount account, String source) throws Exception {
        if (account.isReadAs(source)) {
            return;
        }
        StreamTarget target = target(account, source);
        account.readAs(source, target);
        retargeted.add(account);
        if (target != null && account.watch() == null) {
            keys.setCurrentKey(account.key());
            watch(account);
        }
    }

    /** The current key's stream goes by its tenant's controls from now on. */
    void follow(StreamAccount account) throws Exception {
        account.follow(controls.policy(account.key().tenant()));
        if (account.target() != null) {
            watch(account);
        }
    }

    private void watch(StreamAccount account) throws Exception {
        if (!controls.detects(account.key().tenant())) {
            account.watch(null);
        } else if (account.watch() == null) {
            EntitySchema entity = account.target().plan().entity();
            account.watch(StreamWatch.of(entity, fieldCounts.value()));
        }
    }

    /** From the next record on, the stream goes by the version in effect of the current key. */
    void useInEffect(StreamAccount account, Translator translator) throws Exception {
        StreamMapping before = account.use(mappings.acquire());
        if (before != null && before.plan() != null && mappings.release(before)) {
            translator.forget(before.plan());
        }
        if (account.source() != null) {
            account.readAs(account.source(), target(account, account.source()));
            retargeted.add(account);
        }
    }

    private StreamTarget target(StreamAccount account, String source) {
        StreamMapping own = account.mapping();
        if (own != null && own.isFor(source)) {
            return own.plan() == null
                    ? null
                    : new StreamTarget(account.key(), source, own.plan(), own.version());
        }
        Plan plan = catalog.resolve(source, account.key().stream());
        return plan == null ? null : new StreamTarget(account.key(), source, plan);
    }

    /** The accounts of a tenant's streams, or of all. */
    List<StreamAccount> of(String tenant) {
        boolean all = tenant.equals(ControlMessage.ALL);
        return accounts.values().stream()
                .filter(each -> all || each.key().tenant().equals(tenant))
                .toList();
    }

    /** The accounts of the streams of which records wait. */
    List<StreamAccount> holding() {
        return accounts.values().stream().filter(each -> each.hold() != null).toList();
    }

    /** Tells how streams are translated that are translated otherwise than was told. */
    void tellMappings(long at, Consumer<MappingInEffect> each) {
        Instant now = Instant.ofEpochMilli(at);
        retargeted.forEach(account -> each.accept(account.inEffect(now)));
        retargeted.clear();
    }

    /** Draws and writes the accounts that changed. */
    void draw(long at, Consumer<LedgerEntry> each) throws Exception {
        for (StreamAccount account : accounts.values()) {
            if (account.isDirty()) {
                LedgerEntry entry = account.entry(at);
                keys.setCurrentKey(account.key());
                ledger.update(entry);
                each.accept(entry);
                account.clean();
                StreamWatch watch = account.watch();
                if (watch != null && watch.isWorthWriting(account.hold() != null)) {
                    fieldCounts.update(watch.counts());
                }
            }
        }
    }
}
