package io.autonomos.operators.sink.duckdb;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import org.apache.flink.api.connector.sink2.Sink;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;

class DuckDbLoaderGuardTest {

    private final ClassLoader flink = new URLClassLoader(new URL[0], getClass().getClassLoader());
    private final ClassLoader job = new URLClassLoader(new URL[0], flink);

    @Test
    void passesWhereDuckDbCameWithFlink() {
        assertThatCode(() -> DuckDbLoaderGuard.check(flink, flink)).doesNotThrowAnyException();
    }

    @Test
    void passesWhereDuckDbCameFromAboveFlink() {
        assertThatCode(() -> DuckDbLoaderGuard.check(flink.getParent(), flink))
                .doesNotThrowAnyException();
        assertThatCode(() -> DuckDbLoaderGuard.check(null, flink)).doesNotThrowAnyException();
    }

    @Test
    void passesOnThePlainClassPath() {
        assertThatCode(
                        () ->
                                DuckDbLoaderGuard.check(
                                        DuckDBDriver.class.getClassLoader(),
                                        Sink.class.getClassLoader()))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWhereDuckDbCameWithTheJob() {
        assertThatThrownBy(() -> DuckDbLoaderGuard.check(job, flink))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AOS-702")
                .hasMessageContaining("classloader.parent-first-patterns.additional");
    }
}
