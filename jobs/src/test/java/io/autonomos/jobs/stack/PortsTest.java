package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @Test
    void aBusyPortThatWasAskedForIsRefusedWithItsOwner() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = busy.getLocalPort();

            assertThatThrownBy(() -> Ports.choose("Kafka", port, 9092))
                    .isInstanceOf(StackException.class)
                    .hasMessageStartingWith(
                            "AOS-706: Port " + port + ", asked for Kafka, is in use.");
        }
    }

    @Test
    void aBusyUsualPortIsReplacedByALaterOne() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = busy.getLocalPort();

            assertThat(Ports.choose("Kafka", null, port)).isBetween(port + 1, port + 99);
        }
    }

    @Test
    void aPortBusyOnAllAddressesIsNotFree() throws Exception {
        try (ServerSocket busy = new ServerSocket(0)) {
            assertThat(Ports.isFree(busy.getLocalPort())).isFalse();
        }
    }

    @Test
    void aPortTakenSinceItWasChosenIsNotCalledAFailureOfTheServer(@TempDir Path directory)
            throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = busy.getLocalPort();

            assertThatThrownBy(() -> EmbeddedKafka.start(directory, port))
                    .hasMessageStartingWith(
                            "AOS-706: Port " + port + ", chosen for Kafka, is in use now.");
        }
    }

    @Test
    void everyReplacedPortIsToldAndNoOther() {
        StackPorts ports = new StackPorts(9093, 5432, 9999, 6123);

        assertThat(ports.notices(new StackPorts.Asked(null, null, 9999)))
                .containsExactly("Port 9092 is in use; Kafka takes 9093.");
    }
}
