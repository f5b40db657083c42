package io.autonomos.mappings.match.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The MiniLM sentence model, run inside the process. Loaded on first use; the same text gives the
 * same vector everywhere. The weights are found by this class's loader, never the thread's.
 */
public final class MiniLm implements AutoCloseable {

    private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final int LONGEST_COMMAND_LINE = 3500;

    private final Map<String, float[]> known = new HashMap<>();
    private WordPieces pieces;
    private OrtSession session;

    /**
     * Whether the model can be run here. ONNX runtime 1.29 reads the command line of the process
     * and brings it down where that is longer than 4 KB.
     */
    public static boolean available() {
        try {
            return !Files.exists(COMMAND_LINE)
                    || Files.readAllBytes(COMMAND_LINE).length < LONGEST_COMMAND_LINE;
        } catch (IOException e) {
            return true;
        }
    }

    /** How alike two texts are in meaning: the cosine of their vectors. */
    public synchronized double similarity(String a, String b) {
        float[] x = vector(a);
        float[] y = vector(b);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private float[] vector(String text) {
        return known.computeIfAbsent(text, this::embed);
    }

    private float[] embed(String text) {
        load();
        long[] ids = pieces.ids(text);
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor words = OnnxTensor.createTensor(environment, new long[][] {ids});
                OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {ones});
                OnnxTensor types = OnnxTensor.createTensor(environment, new long[1][ids.length])) {
            Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
            inputs.put("input_ids", words);
            inputs.put("attention_mask", mask);
            inputs.put("token_type_ids", types);
            inputs.keySet().retainAll(session.getInputNames());
            try (OrtSession.Result result = session.run(inputs)) {
                return mean(((float[][][]) result.get(0).getValue())[0]);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model cannot be run.", e);
        }
    }

    private static float[] mean(float[][] tokens) {
        float[] mean = new float[tokens[0].length];
        for (float[] token : tokens) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += token[i];
            }
        }
        double length = 0;
        for (float value : mean) {
            length += (double) value * value;
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (mean[i] / Math.sqrt(length));
        }
        return mean;
    }

    private void load() {
        if (session != null) {
            return;
        }
        if (!available()) {
            throw new IllegalStateException(
                    "The command line of this process is too long for ONNX runtime;"
                            + " give the class path in the environment (CLASSPATH).");
        }
        try (InputStream tokenizer = resource(TOKENIZER);
                InputStream weights = resource(WEIGHTS);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            pieces = new WordPieces(tokenizer);
            options.setIntraOpNumThreads(1);
            session =
                    OrtEnvironment.getEnvironment().createSession(weights.readAllBytes(), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model cannot be loaded.", e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = MiniLm.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException(
                    "The embedding model %s is not on the class path.".formatted(name));
        }
        return in;
    }

    @Override
    public synchronized void close() {
        try {
            if (session != null) {
                session.close();
                session = null;
            }
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model cannot be closed.", e);
        }
    }
}
