package io.autonomos.mappings.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FieldWordsTest {

    /** The same as a pattern, which takes ten times as long. */
    private static final String BREAK = "[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})";

    @Property
    void wordsAreCutAsThePatternCutsThem(@ForAll("texts") String text) {
        List<String> expected =
                Arrays.stream(text.split(BREAK)).filter(word -> !word.isEmpty()).toList();

        assertThat(FieldProfile.words(text)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("abcXYZ019 _-.,\u00e9\u00c9\u00df\u0665\u2167\u4e2d\ud83d\ude00")
                .ofMaxLength(30);
    }
}
