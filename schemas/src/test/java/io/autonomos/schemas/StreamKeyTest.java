package io.autonomos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamKeyTest {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");

    @Test
    void theHashIsTheOneThatStateWasPlacedBy() {
        // Written down, not computed: a change would move every stream's state to another subtask.
        assertThat(ACME.hashCode()).isEqualTo(-935718700);
        assertThat(StreamKey.UNADDRESSED.hashCode()).isEqualTo(-814430085);
        assertThat(new StreamKey("", "", "").hashCode()).isZero();
    }

    @Test
    void keysAreEqualByTheirThreeParts() {
        assertThat(ACME).isEqualTo(new StreamKey("acme", "sf", "Account"));
        assertThat(ACME).hasSameHashCodeAs(new StreamKey("acme", "sf", "Account"));
        assertThat(ACME)
                .isNotEqualTo(new StreamKey("acmf", "sf", "Account"))
                .isNotEqualTo(new StreamKey("acme", "sg", "Account"))
                .isNotEqualTo(new StreamKey("acme", "sf", "account"))
                .isNotEqualTo(null);
    }

    @Test
    void thePathTellsApartPartsThatContainSlashes() {
        assertThat(ACME.path()).isEqualTo("acme/sf/Account");
        assertThat(new StreamKey("a/b", "c", "d").path()).isEqualTo("a%2Fb/c/d");
        assertThat(new StreamKey("a", "b/c", "d").path()).isEqualTo("a/b%2Fc/d");
        assertThat(new StreamKey("a%2Fb", "c", "d").path()).isEqualTo("a%252Fb/c/d");
    }

    @Test
    void keysAreOrderedTenantFirst() {
        StreamKey connection = new StreamKey("acme", "tf", "A");
        StreamKey stream = new StreamKey("acme", "sf", "Contact");
        StreamKey tenant = new StreamKey("acmf", "a", "A");

        assertThat(Stream.of(tenant, connection, stream, ACME).sorted())
                .containsExactly(ACME, stream, connection, tenant);
    }

    @Test
    void noPartMayBeMissing() {
        assertThatThrownBy(() -> new StreamKey(null, "c", "s")).hasMessage("tenant");
        assertThatThrownBy(() -> new StreamKey("t", null, "s")).hasMessage("connection");
        assertThatThrownBy(() -> new StreamKey("t", "c", null)).hasMessage("stream");
    }
}
