package io.autonomos.operators.materialize;

import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Controls;
import io.autonomos.schemas.messages.ViewRules;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.types.MessageType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What is made of the model for each tenant: of the shipped one, or of the tenant's own rules on
 * the control topic. Where no tenant has rules of its own, to ask costs nothing.
 */
final class TenantRules<T> {

    // State names are part of the savepoint format: never rename one.
    static final String CONTROLS_STATE = "view-controls";

    /** Rules, and what is made of them when a tenant's first record comes. */
    private static final class Made<T> {
        private final ViewRules rules;
        private T value;

        Made(ViewRules rules) {
            this.rules = rules;
        }
    }

    private final Function<EntityModel, T> maker;
    private final transient BroadcastState<String, ControlMessage> state;
    private final Controls controls = new Controls(Map.of());
    private final Map<String, Made<T>> own = new HashMap<>();
    private Made<T> forAll;

    /**
     * The rules that a restored task knew, or those it starts with.
     *
     * @param maker makes of a model what the stage needs
     */
    TenantRules(
            MaterializeSettings settings, OperatorStateStore store, Function<EntityModel, T> maker)
            throws Exception {
        this.maker = maker;
        state =
                store.getBroadcastState(
                        new MapStateDescriptor<>(
                                CONTROLS_STATE,
                                Types.STRING,
                                MessageType.of(ControlMessage.class)));
        settings.controls().forEach(controls::add);
        for (Map.Entry<String, ControlMessage> each : state.entries()) {
            controls.add(each.getValue());
        }
        make();
    }

    /** What holds for a tenant. */
    T of(String tenant) {
        Made<T> made = own.isEmpty() ? forAll : own.getOrDefault(tenant, forAll);
        if (made.value == null) {
            made.value = maker.apply(made.rules.applyTo(EntityModel.shipped()));
        }
        return made.value;
    }

    /**
     * Takes a message.
     *
     * @return the tenants that it changes the rules of
     */
    Predicate<String> add(ControlMessage message) throws Exception {
        if (!controls.add(message)) {
            return tenant -> false;
        }
        state.put(message.tenant(), message);
        Map<String, Made<T>> ownBefore = Map.copyOf(own);
        Made<T> allBefore = forAll;
        make();
        return tenant ->
                !ownBefore
                        .getOrDefault(tenant, allBefore)
                        .rules
                        .equals(own.getOrDefault(tenant, forAll).rules);
    }

    private void make() {
        EntityModel model = EntityModel.shipped();
        Map<ViewRules, Made<T>> made = new HashMap<>();
        if (forAll != null) {
            own.values().forEach(each -> made.put(each.rules, each));
            made.put(forAll.rules, forAll);
        }
        own.clear();
        forAll = made.computeIfAbsent(ViewRules.of(controls, ControlMessage.ALL, model), Made::new);
        for (ControlMessage each : controls.messages()) {
            ViewRules rules = ViewRules.of(controls, each.tenant(), model);
            if (!rules.equals(forAll.rules)) {
                own.put(each.tenant(), made.computeIfAbsent(rules, Made::new));
            }
        }
    }
}
