package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.StreamKey;
import org.junit.jupiter.api.Test;

class AddressBookTest {

    private static final byte[] C = bytes("c");
    private static final byte[] S = bytes("s");
    private static final byte[] T = bytes("t");

    @Test
    void staysBoundedAndKeepsWhatIsAskedForAgain() {
        AddressBook book = new AddressBook(10, (bytes, length) -> bytes[length - 3]);
        Address kept = book.resolve(bytes("kept"), C, S, T);

        for (int i = 0; i < 1_000; i++) {
            book.resolve(bytes("tenant-" + i), C, S, T);
            assertThat(book.resolve(bytes("kept"), C, S, T)).isSameAs(kept);
        }

        assertThat(book.size()).isLessThanOrEqualTo(20);
    }

    @Test
    void neverMixesUpAddressesWithTheSameHash() {
        AddressBook book = new AddressBook(100, (bytes, length) -> 0);
        book.resolve(bytes("ab"), bytes("c"), S, T);

        assertThat(book.resolve(bytes("a"), bytes("bc"), S, T).key())
                .isEqualTo(new StreamKey("a", "bc", "t"));
        assertThat(book.resolve(bytes("ab"), bytes("x"), S, T).key().connection()).isEqualTo("x");
        assertThat(book.resolve(bytes("ab"), bytes("c"), bytes("x"), T).source()).isEqualTo("x");
        assertThat(book.resolve(bytes("ab"), bytes("c"), S, bytes("x")).key().stream())
                .isEqualTo("x");
    }

    @Test
    void doesNotKeepAbsurdAddresses() {
        AddressBook book = new AddressBook();

        book.resolve(bytes("x".repeat(10_000)), C, S, T);
        book.resolve(null, null, null, null);

        assertThat(book.size()).isEqualTo(1);
    }

    @Test
    void remembersThatAnAddressIsBad() {
        AddressBook book = new AddressBook();

        Address first = book.resolve(bytes("a\nb"), C, S, T);

        assertThat(first.isValid()).isFalse();
        assertThat(book.resolve(bytes("a\nb"), C, S, T)).isSameAs(first);
    }

    @Test
    void addressesOfManyTenantsShareTheirNames() {
        AddressBook book = new AddressBook();

        Address one = book.resolve(bytes("one"), bytes("crm"), S, T);
        Address two = book.resolve(bytes("two"), bytes("crm"), bytes("s"), bytes("t"));

        assertThat(two.key().connection()).isSameAs(one.key().connection());
        assertThat(two.key().stream()).isSameAs(one.key().stream());
        assertThat(two.source()).isSameAs(one.source());
    }

    @Test
    void tellsAMissingPartFromAnEmptyOne() {
        AddressBook book = new AddressBook(100, (bytes, length) -> 0);
        book.resolve(bytes("a"), null, S, T);

        assertThat(book.resolve(bytes("a"), bytes(""), S, T).problem()).isEqualTo("is empty");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
