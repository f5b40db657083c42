package io.autonomos.operators.sink.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.schemas.messages.Notice;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts messages in Slack's form. Its answers never repeat the address, which is a secret. */
final class WebhookClient {

    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;

    private final WebhookSettings settings;
    private final HttpClient http;

    WebhookClient(WebhookSettings settings) {
        this.settings = settings;
        http =
                HttpClient.newBuilder()
                        .connectTimeout(settings.timeout())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /**
     * What came of a try.
     *
     * @param failure what went wrong, or null
     * @param retryAfter how long the receiver wants to be left alone, or null
     */
    record Answer(String failure, Duration retryAfter) {

        boolean isSuccess() {
            return failure == null;
        }
    }

    /** Sends the notice; the answer comes in any case. */
    CompletableFuture<Answer> send(Notice notice) {
        HttpRequest request;
        try {
            request =
                    HttpRequest.newBuilder(URI.create(settings.url().reveal()))
                            .timeout(settings.timeout())
                            .header("Content-Type", "application/json; charset=utf-8")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body(notice)))
                            .build();
        } catch (IllegalArgumentException e) {
            return failed("its address is no http or https address");
        } catch (IllegalStateException e) {
            return failed(e.getMessage());
        }
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, error) -> error == null ? answer(response) : answer(error));
    }

    private static CompletableFuture<Answer> failed(String why) {
        return CompletableFuture.completedFuture(new Answer(why, null));
    }

    /** Names from outside are shown as they are: no markup, no links, no mentions. */
    private static byte[] body(Notice notice) {
        ObjectNode body = new ObjectMapper().createObjectNode();
        body.put("text", notice.text());
        body.put("mrkdwn", false);
        body.put("parse", "none");
        body.put("link_names", false);
        body.put("unfurl_links", false);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Answer answer(HttpResponse<Void> response) {
        int status = response.statusCode();
        Duration wait =
                response.headers()
                        .firstValue("Retry-After")
                        .filter(each -> each.matches("[0-9]{1,6}"))
                        .map(each -> Duration.ofSeconds(Long.parseLong(each)))
                        .orElse(null);
        return status / HUNDRED == SUCCESS
                ? new Answer(null, null)
                : new Answer("it answered with status " + status, wait);
    }

    /** An exception's own text can hold the address. */
    private static Answer answer(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        String why =
                cause instanceof TimeoutException
                        ? "it did not answer in time"
                        : "the try failed (%s)".formatted(cause.getClass().getSimpleName());
        return new Answer(why, null);
    }
}
