package io.autonomos.schemas.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryMessageTest {

    private static final StreamKey ACME = new StreamKey("acme", "sf-prod", "Account");

    @Test
    void readsAVersionBack() {
        RegistryMessage written = RegistryMessage.of(version("fields: {}"));

        RegistryMessage read = readAt7(written.messageKey(), written.value());

        assertThat(read.fault()).isNull();
        assertThat(read.isVerdict()).isFalse();
        assertThat(read.key()).isEqualTo(ACME);
        assertThat(read.versionNumber()).isEqualTo(4);
        assertThat(read.position()).isEqualTo(7);
        assertThat(read.version()).isEqualTo(version("fields: {}"));
    }

    @Test
    void twoContentsOfOneNumberHaveTwoKeys() {
        assertThat(RegistryMessage.of(version("a: 1")).messageKey())
                .isNotEqualTo(RegistryMessage.of(version("a: 2")).messageKey())
                .isEqualTo(RegistryMessage.of(version("a: 1")).messageKey());
    }

    @Test
    void readsAVerdictBackAndKnowsItByItsKey() {
        MappingVerdict verdict = TestingMessages.verdict();
        RegistryMessage written = RegistryMessage.of(verdict);

        RegistryMessage read = readAt7(written.messageKey(), written.value());

        assertThat(read.isVerdict()).isTrue();
        assertThat(read.fault()).isNull();
        assertThat(read.verdict()).isEqualTo(verdict);
        assertThat(readAt7(written.messageKey(), bytes("junk")).fault()).isNull();
        assertThat(readAt7(written.messageKey(), bytes("junk")).verdict()).isNull();
        assertThat(readAt7(written.messageKey(), null).fault()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0000\u0001",
                "[]",
                "[\"acme\",\"sf-prod\",\"Account\"]",
                "[\"acme\",\"sf-prod\",\"\",4]",
                "[\"acme\",\"sf-prod\",7,4]",
                "[\"acme\",\"sf-prod\",\"Account\",\"4\"]",
                "[\"acme\",\"sf-prod\",\"Account\",-4]",
                "[\"acme\",\"sf-prod\",\"Account\",4000000000]",
                "[\"acme\",\"sf-prod\",\"Account\",4] x",
                "[[[[[[[[[["
            })
    void aKeyThatTellsNoStreamIsUnaddressed(String key) {
        byte[] value = RegistryMessage.of(version("fields: {}")).value();

        RegistryMessage read = readAt7(bytes(key), value);

        assertThat(read.key()).isEqualTo(StreamKey.UNADDRESSED);
        assertThat(read.versionNumber()).isZero();
        assertThat(read.fault().code()).isEqualTo("AOS-403");
        assertThat(read.fault().message()).contains("at 0@7");
    }

    @Test
    void theValuesTenantMustBeTheKeys() {
        byte[] foreign = bytes("[\"globex\",\"sf-prod\",\"Account\",4]");

        RegistryMessage read = readAt7(foreign, RegistryMessage.of(version("a: 1")).value());

        assertThat(read.fault().code()).isEqualTo("AOS-403");
        assertThat(read.key().tenant()).isEqualTo("globex");
    }

    @Test
    void junkIsAFaultThatNamesNoPayload() {
        RegistryMessage read = readAt7(keyOf4(), bytes("{\"tenant\": \"s3cret\""));

        assertThat(read.fault().code()).isEqualTo("AOS-403");
        assertThat(read.fault().message()).doesNotContain("s3cret");
        assertThat(read.key()).isEqualTo(ACME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "_unaddressed"})
    void noVersionIsForAReservedTenant(String tenant) {
        MappingVersion version =
                new MappingVersion(
                        tenant,
                        "sf-prod",
                        "salesforce",
                        "Account",
                        1,
                        "a: 1",
                        MappingVersion.IMPORT,
                        null,
                        null,
                        "jo",
                        null,
                        Instant.EPOCH);
        RegistryMessage written = RegistryMessage.of(version);

        RegistryMessage read = readAt7(written.messageKey(), written.value());

        assertThat(read.fault().code()).isEqualTo("AOS-801");
    }

    @Test
    void aTombstoneIsAFault() {
        RegistryMessage read = readAt7(keyOf4(), null);

        assertThat(read.fault().code()).isEqualTo("AOS-692");
        assertThat(read.value()).isEmpty();
    }

    @Test
    void aHugeMessageIsAFaultAndNotKept() {
        RegistryMessage read = readAt7(keyOf4(), new byte[RegistryMessage.MAX_BYTES + 1]);

        assertThat(read.fault().code()).isEqualTo("AOS-403");
        assertThat(read.value()).isEmpty();
    }

    @Test
    void aProblemIsOneLine() {
        assertThat(TestingMessages.verdict().problems().get(0).text())
                .isEqualTo("3:1 AOS-606: name is not mapped. Map it.");
        assertThat(new MappingVerdict.Problem("AOS-690", 0, 0, "Taken.", null).text())
                .isEqualTo("AOS-690: Taken.");
    }

    private static byte[] keyOf4() {
        return RegistryMessage.of(version("fields: {}")).messageKey();
    }

    private static RegistryMessage readAt7(byte[] key, byte[] value) {
        return RegistryMessage.read(key, value, 0, 7);
    }

    private static MappingVersion version(String content) {
        return MappingVersion.of(
                ACME, "salesforce", 4, content, MappingVersion.PUBLISH, "jo", null, Instant.EPOCH);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
