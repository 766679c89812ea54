package io.tokensync.testkit.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chromium's protocol: numbered commands and their answers, and events in between. */
final class Devtools implements WebSocket.Listener, AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PATIENCE_SECONDS = 60;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final StringBuilder message = new StringBuilder();
    private WebSocket socket;

    private Devtools() {}

    static Devtools connect(URI address) {
        Devtools devtools = new Devtools();
        devtools.socket = devtools.client.newWebSocketBuilder().buildAsync(address, devtools).join();
        return devtools;
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @param parameters as JSON
     * @param session of a tab; null for the browser itself
     */
    JsonNode call(String method, String parameters, String session) throws InterruptedException {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(number, answer);
        String text = "{\"id\":" + number + ",\"method\":\"" + method + "\",\"params\":" + parameters
                + (session == null ? "" : ",\"sessionId\":\"" + session + "\"") + "}";
        try {
            synchronized (this) {
                socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            JsonNode found = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (found.has("error")) {
                throw new IllegalStateException(method + ": " + found.path("error"));
            }
            return found.path("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + " has no answer", e);
        }
    }

    /** Events of a tab so far. */
    List<JsonNode> events(String session) {
        return events.stream().filter(event -> event.path("sessionId").asString("").equals(session)).toList();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            JsonNode received = JSON.readTree(message.toString());
            message.setLength(0);
            CompletableFuture<JsonNode> waiting = open.remove(received.path("id").asInt(-1));
            if (waiting == null) {
                events.add(received);
            } else {
                waiting.complete(received);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
