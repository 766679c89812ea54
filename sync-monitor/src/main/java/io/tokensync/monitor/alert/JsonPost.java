package io.tokensync.monitor.alert;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.http.HttpExchange;

/** Posts JSON and tells what came of it, without ever naming the address. */
final class JsonPost implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final int TOO_MANY = 429;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST_WAIT)
            .followRedirects(HttpClient.Redirect.NEVER).build();

    void send(URI address, Map<String, ?> body) throws NotDelivered, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(LONGEST_WAIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))).build();
        try {
            HttpResponse<Void> response = HttpExchange.send(client, request, BodyHandlers.discarding());
            int code = response.statusCode();
            if (code / 100 != 2) {
                boolean later = code == TOO_MANY || code / 100 == 5;
                throw new NotDelivered("HTTP " + code, later, asked(response));
            }
        } catch (IOException e) {
            throw new NotDelivered(e.getClass().getSimpleName(), true, Duration.ZERO);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static Duration asked(HttpResponse<?> response) {
        try {
            return Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(0));
        } catch (NumberFormatException _) {
            return Duration.ZERO; // a date: our own waits are long enough
        }
    }
}
