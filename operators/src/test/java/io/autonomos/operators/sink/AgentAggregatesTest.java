package io.autonomos.operators.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.model.AgentModel;
import org.junit.jupiter.api.Test;

class AgentAggregatesTest {

    @Test
    void everyAggregateIsReadByAnAgentAndEveryAggregateThatIsReadExists() {
        AgentModel.shipped()
                .agents()
                .forEach(
                        agent ->
                                agent.reads()
                                        .forEach(
                                                (entity, aggregates) ->
                                                        assertThat(AgentViews.of(entity))
                                                                .as(agent.id() + " reads " + entity)
                                                                .extracting(AgentViews.View::name)
                                                                .containsExactlyInAnyOrderElementsOf(
                                                                        aggregates)));
    }
}
