package io.autonomos.operators.sink.duckdb;

import static io.autonomos.operators.TestingEvents.event;
import static io.autonomos.operators.TestingViews.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.ViewChange;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantRowsSerializerTest {

    /** A piece of one event, as version 1 wrote it. */
    private static final String VERSION_1 =
            "000000010561636d650000000136150961636d651163726d2d70726f640d5468696e67730f746573"
                    + "74696e670f6163636f756e740d7570736572740f74657374696e67021934366532653037382d352d"
                    + "36033100000000000000050c81037b226964223a2234366532653037382d352d36222c2274656e61"
                    + "6e74223a2261636d65222c22656e74697479223a226163636f756e74222c226f70223a2275707365"
                    + "7274222c2264617461223a7b226e616d65223a224f6e65227d2c22657874726173223a7b7d2c2273"
                    + "6f75726365223a7b2273797374656d223a2274657374696e67222c22636f6e6e656374696f6e223a"
                    + "2263726d2d70726f64222c2273747265616d223a225468696e6773222c227265636f72645f696422"
                    + "3a2231222c2266696e6765727072696e74223a223030227d2c226d617070696e67223a7b22696422"
                    + "3a2274657374696e67222c2276657273696f6e223a317d2c226368616e676573223a5b5d2c226576"
                    + "656e745f74696d65223a22313937302d30312d30315430303a30303a30302e3030303030355a222c"
                    + "22656d69747465645f6174223a22313937302d30312d30315430303a30303a30302e303030303035"
                    + "5a222c2274726163655f6964223a223030222c22736368656d615f76657273696f6e223a317d1d00"
                    + "00ab010b000000000000000000000000000000000000000000000000ca01ce01";

    private final TenantRowsSerializer serializer = new TenantRowsSerializer();

    @Test
    void comesBackAsItWas() throws IOException {
        CanonicalEvent upsert =
                event("account", "1").tenant("t'/é").at(5, 6).with("name", "One").build();
        CanonicalEvent delete = event("contact", "2").tenant("t'/é").delete().build();
        ViewChange change = row("contact", "c").tenant("t'/é").with("name", "One").build();
        ViewChange gone = row("contact", "d").tenant("t'/é").gone();
        TenantRows piece =
                new TenantRows(
                        "t'/é",
                        4,
                        List.of(
                                TenantRow.of(upsert),
                                TenantRow.of(change),
                                TenantRow.of(delete),
                                TenantRow.of(gone)));

        TenantRows back = serializer.deserialize(2, serializer.serialize(piece));

        assertThat(back).usingRecursiveComparison().isEqualTo(piece);
    }

    @Test
    void readsWhatTheVersionBeforeWrote() throws IOException {
        TenantRows back = serializer.deserialize(1, HexFormat.of().parseHex(VERSION_1));

        assertThat(back.tenant()).isEqualTo("acme");
        assertThat(back.writers()).isZero();
        assertThat(back.rows())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        TenantRow.of(event("account", "1").at(5, 6).with("name", "One").build()));
    }

    @Test
    void refusesAVersionItDoesNotKnow() throws IOException {
        byte[] bytes = serializer.serialize(TenantRows.none(1));

        assertThatThrownBy(() -> serializer.deserialize(3, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 3");
    }
}
