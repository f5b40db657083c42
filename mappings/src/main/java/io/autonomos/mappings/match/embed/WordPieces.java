package io.autonomos.mappings.match.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cuts text into the word pieces that the model knows. Written here since the tokenizer's own
 * native library cannot be loaded by two class loaders of one process.
 */
final class WordPieces {

    private static final int MOST = 256;
    private static final String UNKNOWN = "[UNK]";

    private final Map<String, Integer> ids = new HashMap<>();

    WordPieces(InputStream tokenizer) throws IOException {
        JsonNode vocabulary = new JsonMapper().readTree(tokenizer).path("model").path("vocab");
        vocabulary.properties().forEach(e -> ids.put(e.getKey(), e.getValue().asInt()));
    }

    /** The ids of the pieces, between the marks of start and end. */
    long[] ids(String text) {
        List<Integer> pieces = new ArrayList<>();
        pieces.add(ids.get("[CLS]"));
        String plain = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        for (String word : plain.replaceAll("\\p{Mn}", "").split("\\s+|(?=\\p{P})|(?<=\\p{P})")) {
            if (!word.isEmpty() && pieces.size() < MOST - 1) {
                addPieces(pieces, word);
            }
        }
        pieces.add(ids.get("[SEP]"));
        return pieces.stream().mapToLong(Integer::longValue).toArray();
    }

    /** The longest known piece first; a word of which a part is not known is unknown. */
    private void addPieces(List<Integer> pieces, String word) {
        List<Integer> found = new ArrayList<>();
        int start = 0;
        while (start < word.length()) {
            int end = word.length();
            Integer id = null;
            while (end > start && id == null) {
                id = ids.get((start == 0 ? "" : "##") + word.substring(start, end));
                end = id == null ? end - 1 : end;
            }
            if (id == null) {
                pieces.add(ids.get(UNKNOWN));
                return;
            }
            found.add(id);
            start = end;
        }
        pieces.addAll(found.subList(0, Math.min(found.size(), MOST - 1 - pieces.size())));
    }
}
