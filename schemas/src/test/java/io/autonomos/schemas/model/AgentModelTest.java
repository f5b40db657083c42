package io.autonomos.schemas.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentModelTest {

    @Test
    void theAgentsOfTheDomainReadTheirEntities() {
        assertThat(AgentModel.shipped().agents())
                .extracting(Agent::id)
                .containsExactly("finops", "revops");
        assertThat(AgentModel.shipped().agents())
                .filteredOn(agent -> agent.id().equals("revops"))
                .flatExtracting(agent -> agent.reads().keySet())
                .contains("account", "opportunity", "health", "usage");
    }

    @Test
    void anEntityThatTheModelDoesNotHaveIsNamedWithACode() {
        assertThatThrownBy(() -> parse("{'id':'a','label':'A','reads':{'invoice':[]}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AOS-404: agent file a.json: reads names the entity invoice")
                .hasMessageContaining("there are [account, aws_resources,");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "{,it is not JSON",
                "\"{'id':'A','label':'A','reads':{'account':[]}}\",id must match",
                "\"{'id':'a','reads':{'account':[]}}\",label must be",
                "\"{'id':'a','label':'A','reads':{}}\",at least one entity",
                "\"{'id':'a','label':'A','reads':{'account':['x']}}\",reads.account must be a list",
                "\"{'id':'a','label':'A','reads':{'account':'agg_a'}}\",reads.account must be",
                "\"{'id':'a','label':'A','wants':1,'reads':{'account':[]}}\",key wants is unknown"
            })
    void aFileThatIsNotUsableIsRefused(String json, String why) {
        assertThatThrownBy(() -> parse(json)).hasMessageContaining(why);
    }

    private static Agent parse(String json) {
        return AgentModel.parse(
                "a.json", json.replace('\'', '"').getBytes(UTF_8), EntityModel.shipped());
    }
}
