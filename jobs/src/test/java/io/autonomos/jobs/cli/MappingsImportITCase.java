package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.jobs.RegistryClient;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A registry in CSV comes to a real broker, and only what changed comes again. */
class MappingsImportITCase {

    private static final StreamKey DEALS = new StreamKey("acme", "crm", "deals");
    private static final StreamKey ORDERS = new StreamKey("acme", "shop", "orders");
    private static final String HEAD =
            "tenant,connection,source,stream,canonical field,source field,cast,confidence,entity\n";
    private static final String DEAL_ROWS =
            """
            acme,crm,hubspot,deals,amount,properties.deal_value,decimal,0.97,opportunity
            """;
    private static final String ORDER_ROWS =
            """
            acme,shop,acmeshop,orders,opportunity_id,order_no,,0.99,opportunity
            acme,shop,acmeshop,orders,name,title,,0.99,opportunity
            acme,shop,acmeshop,orders,stage,%s,,0.40,opportunity
            """;

    @TempDir private static Path folder;

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    private final TestingConsole console = new TestingConsole();

    @Test
    void onlyWhatChangedIsPublishedAgain() throws IOException {
        assertThat(run(HEAD + DEAL_ROWS + ORDER_ROWS.formatted("state"))).isZero();
        assertThat(console.out())
                .containsExactly(
                        "acme/crm/deals: published as version 2",
                        "acme/shop/orders: published as version 1");

        assertThat(run(HEAD + DEAL_ROWS + ORDER_ROWS.formatted("state"))).isZero();
        assertThat(console.out())
                .containsExactly(
                        "acme/crm/deals: unchanged as version 2",
                        "acme/shop/orders: unchanged as version 1");

        assertThat(run(HEAD + DEAL_ROWS + ORDER_ROWS.formatted("phase"))).isZero();
        assertThat(console.out())
                .containsExactly(
                        "acme/crm/deals: unchanged as version 2",
                        "acme/shop/orders: published as version 2");
        assertThat(version(DEALS).content()).contains("properties.deal_value");
        assertThat(version(ORDERS).content()).contains("phase").doesNotContain("state");
        assertThat(version(ORDERS).origin()).isEqualTo(MappingVersion.IMPORT);
    }

    @Test
    void aRowThatDoesNotCompileIsRefusedAndTheOthersAreNot() throws IOException {
        String wrong = "globex,crm,hubspot,deals,amont,properties.value,,0.97,opportunity\n";
        String right = "globex,crm,hubspot,companies,name,properties.title,,0.97,account\n";

        assertThat(run(HEAD + wrong + right)).isEqualTo(2);

        assertThat(console.out().get(0)).isEqualTo("globex/crm/deals: refused");
        assertThat(String.join("\n", console.out()))
                .contains("AOS-")
                .contains("globex/crm/companies: published as version 2");
    }

    private int run(String csv) throws IOException {
        Path file = Files.writeString(folder.resolve("registry.csv"), csv);
        return console.run(
                "mappings", "import", "--bootstrap", kafka.bootstrapServers(), file.toString());
    }

    private static MappingVersion version(StreamKey key) {
        return new RegistryClient(kafka.bootstrapServers(), Map.of(), "autonomos")
                .read()
                .latest(key)
                .version();
    }
}
