package io.autonomos.operators.repair.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A model on this machine that speaks the protocols of OpenAI, Gemini and Ollama. */
final class TestingModel implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private volatile String answer = "{\"f1\":\"c1\"}";
    private volatile int status = 200;
    private volatile boolean hangs;

    TestingModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(
                exchange.getRequestURI().getPath()
                        + " "
                        + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        if (hangs) {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] body = body(exchange.getRequestURI().getPath()).toString().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private JsonNode body(String path) {
        ObjectNode body = JSON.createObjectNode();
        if (path.endsWith("/api/chat")) {
            body.put("model", "m").put("done", true).put("done_reason", "stop");
            body.put("prompt_eval_count", 100).put("eval_count", 20);
            body.putObject("message").put("role", "assistant").put("content", answer);
        } else if (path.contains("generateContent")) {
            ObjectNode candidate = body.putArray("candidates").addObject();
            candidate.put("finishReason", "STOP");
            ObjectNode content = candidate.putObject("content").put("role", "model");
            content.putArray("parts").addObject().put("text", answer);
            body.putObject("usageMetadata")
                    .put("promptTokenCount", 100)
                    .put("candidatesTokenCount", 20)
                    .put("totalTokenCount", 120);
        } else {
            body.put("id", "1").put("object", "chat.completion").put("model", "m");
            ObjectNode choice = body.putArray("choices").addObject();
            choice.put("index", 0).put("finish_reason", "stop");
            choice.putObject("message").put("role", "assistant").put("content", answer);
            body.putObject("usage")
                    .put("prompt_tokens", 100)
                    .put("completion_tokens", 20)
                    .put("total_tokens", 120);
        }
        return body;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answers(String text) {
        answer = text;
    }

    void fails(int code) {
        status = code;
    }

    void hangs() {
        hangs = true;
    }

    /** Path and body of each request. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        hanging.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
