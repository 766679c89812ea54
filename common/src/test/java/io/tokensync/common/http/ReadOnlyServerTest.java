package io.tokensync.common.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What clients that are slow, many or wrong can do to the server: nothing that others would notice. */
class ReadOnlyServerTest {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final int BIG = 64 * 1024 * 1024;

    private final List<Socket> clients = new ArrayList<>();
    private final CountDownLatch hurry = new CountDownLatch(1);
    private ReadOnlyServer server;

    @AfterEach
    void close() throws IOException {
        hurry.countDown();
        for (Socket client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void aClientThatAsksIsAnsweredHoweverManyOnlyHoldOn() throws Exception {
        start(new HttpBounds(20, FOR_EVER, FOR_EVER, 1024));
        for (int i = 0; i < 300; i++) {
            send(client(), "GET /half HTTP/1.1\r\nHost: localhost\r\nX-Half: ");
            if (i % 50 == 0) {
                assertThat(get("/x")).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n/x");
            }
        }
        assertThat(get("/x")).startsWith("HTTP/1.1 200 OK");
        assertThat(server.connected()).isLessThanOrEqualTo(20);
        List<Socket> dropped = clients.subList(0, 200);
        await().atMost(LONGEST_WAIT).until(() -> dropped.stream().allMatch(ReadOnlyServerTest::isClosed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET / HTTP/1.1\r\nHost: localhost\r\n"})
    void whoDoesNotEndTheRequestIsLetGo(String half) throws Exception {
        start(new HttpBounds(20, Duration.ofMillis(300), FOR_EVER, 1024));
        Socket client = client();
        send(client, half);
        await().atMost(LONGEST_WAIT).until(() -> isClosed(client));
        await().atMost(LONGEST_WAIT).until(() -> server.connected() == 0);
    }

    @Test
    void dripsDoNotLengthenTheTime() throws Exception {
        start(new HttpBounds(20, Duration.ofMillis(500), FOR_EVER, 1_000_000));
        Socket client = client();
        send(client, "GET / HTTP/1.1\r\nX: ");
        await().atMost(LONGEST_WAIT).until(() -> {
            try {
                send(client, "x");
                return server.connected() == 0;
            } catch (IOException _) {
                return true;
            }
        });
    }

    @Test
    void whoDoesNotTakeTheAnswerIsLetGo() throws Exception {
        start(new HttpBounds(20, FOR_EVER, Duration.ofMillis(500), 1024));
        send(client(), "GET /big HTTP/1.1\r\n\r\n");
        await().atMost(LONGEST_WAIT).until(() -> server.connected() == 1);
        await().atMost(LONGEST_WAIT).until(() -> server.connected() == 0);
    }

    @Test
    void whoIsBeingAnsweredIsNotPutOutByWhoeverOnlyHoldsOn() throws Exception {
        start(new HttpBounds(5, FOR_EVER, FOR_EVER, 1024));
        Socket asking = client();
        send(asking, "GET /slow HTTP/1.1\r\n\r\n");
        await().atMost(LONGEST_WAIT).until(() -> server.connected() == 1);
        assertThat(get("/x")).startsWith("HTTP/1.1 200 OK");
        for (int i = 0; i < 50; i++) {
            send(client(), "GET");
        }
        hurry.countDown();
        assertThat(new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).endsWith("/slow");
    }

    @Test
    void aHeadThatIsTooLongIsRejected() throws Exception {
        start(new HttpBounds(5, FOR_EVER, FOR_EVER, 1024));
        assertThat(ask("GET / HTTP/1.1\r\nX: " + "x".repeat(2_000) + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/2.0\r\n\r\n",
            "GET / HTTP/1.1\r\nno header\r\n\r\n",
            "GET /%zz HTTP/1.1\r\n\r\n", "GET /?q=%zz HTTP/1.1\r\n\r\n", "\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n"})
    void whatIsNoRequestIsSaidToBeNone(String request) throws Exception {
        start(HttpBounds.STANDARD);
        assertThat(ask(request)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aBodyIsNotRead() throws Exception {
        start(HttpBounds.STANDARD);
        assertThat(ask("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n123456789")).startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD");
        assertThat(ask("GET /x HTTP/1.1\r\nContent-Length: 9\r\n\r\n123456789")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void theLengthIsToldWithoutTheBody() throws Exception {
        start(HttpBounds.STANDARD);
        assertThat(ask("HEAD /abc HTTP/1.0\r\n\r\n")).contains("Content-Length: 4\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void aClosedServerLetsGoOfEverybody() throws Exception {
        start(new HttpBounds(5, FOR_EVER, FOR_EVER, 1024));
        Socket client = client();
        await().atMost(LONGEST_WAIT).until(() -> server.connected() == 1);
        server.close();
        await().atMost(LONGEST_WAIT).until(() -> isClosed(client));
    }

    @Test
    void aStreamComesInChunksAndHasAnEnd() throws Exception {
        start(HttpBounds.STANDARD);
        java.net.http.HttpResponse<String> whole = HttpClient.newHttpClient().send(
                java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/stream"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(whole.body()).isEqualTo("y".repeat(100_000));
        assertThat(whole.headers().firstValue("Transfer-Encoding")).contains("chunked");
        assertThat(ask("HEAD /stream HTTP/1.1\r\n\r\n")).doesNotContain("Content-Length").endsWith("\r\n\r\n");
    }

    /** What a client gets of it must not look like all of it. */
    @Test
    void aStreamThatFailsHasNoEnd() throws Exception {
        start(HttpBounds.STANDARD);
        assertThat(get("/broken")).startsWith("HTTP/1.1 200 OK").doesNotContain("\r\n0\r\n");
    }

    @Test
    void whoTakesAStreamHasAsLongAsItTakes() throws Exception {
        start(new HttpBounds(20, FOR_EVER, Duration.ofMillis(500), 1024));
        Socket taking = client();
        send(taking, "GET /endless HTTP/1.1\r\n\r\n");
        byte[] part = new byte[8_192];
        long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
        while (System.nanoTime() < end) {
            assertThat(taking.getInputStream().read(part)).isPositive();
        }
        Socket idle = client();
        send(idle, "GET /endless HTTP/1.1\r\n\r\n");
        taking.close();
        await().atMost(LONGEST_WAIT).until(() -> server.connected() == 0);
    }

    private static void stream(OutputStream out, String kind) throws IOException {
        for (long written = 0; kind.equals("/endless") || written < 100_000; written += 50) {
            if (kind.equals("/broken") && written > 40_000) {
                throw new IllegalStateException("no more");
            }
            out.write("y".repeat(50).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void start(HttpBounds bounds) {
        server = ReadOnlyServer.start("127.0.0.1", 0, Optional.empty(), bounds, question -> switch (question.path()) {
            case "/big" -> HttpResponse.of(200, HttpResponse.TEXT, "x".repeat(BIG));
            case "/slow" -> slow(question);
            case "/stream", "/broken", "/endless" ->
                HttpResponse.streamed(HttpResponse.TEXT,
                        out -> stream(out, question.path()));
            default -> HttpResponse.of(200, HttpResponse.TEXT, question.path());
        });
    }

    private HttpResponse slow(HttpRequest question) {
        try {
            hurry.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return HttpResponse.of(200, HttpResponse.TEXT, question.path());
    }

    private Socket client() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
        clients.add(client);
        return client;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private String ask(String request) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(client, request);
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whether the other side has closed; nothing is ever sent to these clients. */
    private static boolean isClosed(Socket client) {
        try {
            client.setSoTimeout(1);
            return client.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }
}
