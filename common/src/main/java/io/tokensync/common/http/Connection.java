package io.tokensync.common.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

import javax.net.ssl.SSLSocket;

import io.tokensync.common.tls.ServerTls;

/** One client: one request, one answer. */
final class Connection implements AutoCloseable {
    private static final int END_LENGTH = 4;
    /** So much of what a client goes on sending is read and thrown away, so that it gets to read its answer. */
    private static final int DRAINED = 64 * 1024;

    private final Socket connected;
    private final Optional<ServerTls> tls;
    private final HttpBounds bounds;
    private Socket socket;
    private volatile boolean answering;
    private Runnable whenAsked;

    Connection(Socket connected, Optional<ServerTls> tls, HttpBounds bounds) {
        this.connected = connected;
        this.tls = tls;
        this.bounds = bounds;
        this.socket = connected;
    }

    /** Whether the head of its request is here and its answer is not out. */
    boolean isAnswering() {
        return answering;
    }

    /**
     * Reads the request and answers it.
     *
     * @param onProgress run between the two, and behind each part of a long answer that the client has taken
     * @throws IOException when the client has gone, or the connection was closed because it took too long
     */
    void serve(Function<HttpRequest, HttpResponse> answers, Runnable onProgress) throws IOException {
        whenAsked = onProgress;
        if (tls.isPresent()) {
            SSLSocket secured = tls.get().over(connected);
            secured.startHandshake();
            socket = secured;
        }
        byte[] head = new byte[bounds.headBytes()];
        int length = readHead(head);
        if (length < 0) {
            return;
        }
        answering = true;
        whenAsked.run();
        if (length == 0) {
            send(HttpResponse.of(431, HttpResponse.TEXT, "the request is too long\n"), false);
        } else {
            answer(head, length, answers);
        }
        answering = false;
        drain();
    }

    private void answer(byte[] head, int length, Function<HttpRequest, HttpResponse> answers) throws IOException {
        RequestHead request;
        HttpRequest question;
        try {
            request = RequestHead.parse(head, length);
            question = request.question();
        } catch (IllegalArgumentException _) {
            send(HttpResponse.of(400, HttpResponse.TEXT, "this is not a request\n"), false);
            return;
        }
        HttpResponse answer = request.isQuestion()
                ? answer(question, answers)
                : HttpResponse.of(405, HttpResponse.TEXT, "only GET and HEAD\n").with("Allow", "GET, HEAD");
        send(answer, request.isHead());
    }

    private static HttpResponse answer(HttpRequest question, Function<HttpRequest, HttpResponse> answers) {
        try {
            return answers.apply(question);
        } catch (RuntimeException e) {
            return HttpResponse.of(500, HttpResponse.TEXT, "cannot answer: " + e.getClass().getSimpleName() + "\n");
        }
    }

    /** The length of the head with its empty line; 0 when it is too long, -1 when the client went before its end. */
    private int readHead(byte[] head) throws IOException {
        InputStream in = socket.getInputStream();
        int length = 0;
        while (length < head.length) {
            int read = in.read(head, length, head.length - length);
            if (read < 0) {
                return -1;
            }
            int end = end(head, Math.max(0, length - END_LENGTH + 1), length + read);
            if (end > 0) {
                return end;
            }
            length += read;
        }
        return 0;
    }

    private static int end(byte[] head, int from, int to) {
        for (int at = from; at + END_LENGTH <= to; at++) {
            if (head[at] == '\r' && head[at + 1] == '\n' && head[at + 2] == '\r' && head[at + 3] == '\n') {
                return at + END_LENGTH;
            }
        }
        return 0;
    }

    private void send(HttpResponse answer, boolean headOnly) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.code() + " " + reason(answer.code()) + "\r\n");
        answer.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (answer.stream() != null) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (answer.code() != 304) {
            head.append("Content-Length: ").append(answer.body().length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        OutputStream out = socket.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!headOnly) {
            sendBody(answer, out);
        }
        out.flush();
    }

    private void sendBody(HttpResponse answer, OutputStream out) throws IOException {
        if (answer.stream() == null) {
            out.write(answer.body());
            return;
        }
        ChunkedOutput chunks = new ChunkedOutput(out, whenAsked);
        try {
            answer.stream().writeTo(chunks);
        } catch (RuntimeException e) {
            throw new IOException("an answer has no end", e);
        }
        chunks.finish();
    }

    private static String reason(int code) {
        return switch (code) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 304 -> "Not Modified";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 421 -> "Misdirected Request";
            case 503 -> "Service Unavailable";
            default -> code < 500 ? "Rejected" : "Failed";
        };
    }

    /** Closing on unread bytes resets the connection, and then the answer is lost on its way. */
    private void drain() throws IOException {
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        byte[] nothing = new byte[4096];
        int left = DRAINED;
        while (left > 0) {
            int read = in.read(nothing);
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }

    /**
     * From any thread; whoever reads or writes gets an exception. Below TLS, whose own end would wait for a client that
     * takes nothing.
     */
    @Override
    public void close() {
        try {
            connected.close();
        } catch (IOException _) {
            // It is not used any more either way.
        }
    }
}
