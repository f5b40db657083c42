package io.autonomos.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @TempDir Path folder;

    @Test
    void readsTheEnvironmentWhenAsked() {
        Secret secret = Secret.of("postgres.password", "${env:PG_PASSWORD}");

        assertThat(secret.reveal(Map.of("PG_PASSWORD", "s3cret")::get)).isEqualTo("s3cret");
    }

    @Test
    void readsAFileWithoutItsLastLineBreak() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), " s3 cret \n");
        Secret secret = Secret.of("postgres.password", "${file:" + file + "}");

        assertThat(secret.reveal()).isEqualTo(" s3 cret ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "", "${env:}", "x${env:A}", "${env:A}x", "${file:relative}"})
    void refusesALiteralWithoutRepeatingIt(String literal) {
        assertThatThrownBy(() -> Secret.of("postgres.password", literal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "AOS-705: postgres.password must be a reference, ${env:NAME} or"
                                + " ${file:/absolute/path}, not the secret itself.");
    }

    @Test
    void saysWhichReferenceLeadsNowhere() {
        assertThatThrownBy(() -> Secret.of("k", "${env:NOT_THERE}").reveal(name -> null))
                .hasMessageContaining("k refers to ${env:NOT_THERE}");
        assertThatThrownBy(() -> Secret.of("k", "${file:/not/there}").reveal())
                .hasMessageContaining("k refers to ${file:/not/there}");
    }

    @Test
    void showsItsReferenceOnly() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "s3cret");
        Secret secret = Secret.of("k", "${file:" + file + "}");

        assertThat(secret.reveal()).isEqualTo("s3cret");
        assertThat(secret).hasToString("${file:" + file + "}");
    }
}
