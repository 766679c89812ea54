package io.tokensync.testkit.ipfs;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** What the scripted node does with one request. */
@FunctionalInterface
public interface NodeAnswer {
    /** Writes the answer, a part of it or nothing, to the connection of the request. */
    void give(NodeConnection connection) throws IOException, InterruptedException;

    /** 200 with these bytes. */
    static NodeAnswer bytes(byte[] body) {
        return connection -> {
            connection.head(200, "application/vnd.ipld.raw", body.length);
            connection.write(body);
        };
    }

    /** A status without Kubo's JSON, such as 404 by a server that is none, or 502 by a proxy. */
    static NodeAnswer status(int status, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return connection -> {
            connection.head(status, "text/plain", body.length);
            connection.write(body);
        };
    }

    /** 500 with Kubo's JSON around the message, which is how Kubo reports every error. */
    static NodeAnswer kuboError(String message) {
        byte[] body = ("{\"Message\":\"" + message + "\",\"Code\":0,\"Type\":\"error\"}")
                .getBytes(StandardCharsets.UTF_8);
        return connection -> {
            connection.head(500, "application/json", body.length);
            connection.write(body);
        };
    }

    /** What Kubo says about a block that it has not, when it was asked not to search. */
    static NodeAnswer notHere() {
        return kuboError("block was not found locally (offline): ipld: could not find the block");
    }

    /** Nothing, until the client gives up: a Kubo that searches its swarm. */
    static NodeAnswer silence() {
        return NodeConnection::waitForClientToLeave;
    }

    /** The head and half of the bytes, then nothing until the client gives up. */
    static NodeAnswer stallMidway(byte[] body) {
        return connection -> {
            connection.head(200, "application/vnd.ipld.raw", body.length);
            connection.write(body, body.length / 2);
            connection.waitForClientToLeave();
        };
    }

    /** The head and half of the bytes, then after a while the rest. */
    static NodeAnswer pauseMidway(byte[] body, Duration pause) {
        return connection -> {
            connection.head(200, "application/vnd.ipld.raw", body.length);
            connection.write(body, body.length / 2);
            connection.pause(pause);
            connection.write(Arrays.copyOfRange(body, body.length / 2, body.length));
        };
    }

    /** Half of the bytes that the head announces, then the end of the connection. */
    static NodeAnswer truncated(byte[] body) {
        return connection -> {
            connection.head(200, "application/vnd.ipld.raw", body.length);
            connection.write(body, body.length / 2);
            connection.close();
        };
    }

    /** Half of the bytes without an announced length, then the end: to the client a whole answer. */
    static NodeAnswer truncatedUnnoticed(byte[] body) {
        return connection -> {
            connection.headWithoutLength(200);
            connection.write(body, body.length / 2);
            connection.close();
        };
    }

    /** A head that announces this many bytes, and as many of them as the client takes. */
    static NodeAnswer huge(long length) {
        return connection -> {
            connection.head(200, "application/vnd.ipld.raw", length);
            connection.writeZeros(length);
        };
    }

    /** Bytes without an announced length and without end. */
    static NodeAnswer endless() {
        return connection -> {
            connection.headWithoutLength(200);
            connection.writeZeros(Long.MAX_VALUE);
        };
    }

    /** A head of one field after another, without end. */
    static NodeAnswer endlessHead() {
        return connection -> {
            connection.write("HTTP/1.1 200 As scripted\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.writeAgainAndAgain("X-Filler: xxxxxxxxxxxxxxxx\r\n".getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** One answer after another that says that the real one is still to come. */
    static NodeAnswer neverTheRealAnswer() {
        return connection -> connection
                .writeAgainAndAgain("HTTP/1.1 102 Processing\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Announced in one chunk of more bytes than a number holds. */
    static NodeAnswer impossibleChunk() {
        return connection -> {
            connection.write("HTTP/1.1 200 As scripted\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            connection.writeZeros(Long.MAX_VALUE);
        };
    }

    /** The size of the first chunk has digits without end. */
    static NodeAnswer endlessChunkSize() {
        return connection -> {
            connection.write("HTTP/1.1 200 As scripted\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            connection.writeAgainAndAgain("0000000000000000".getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** Head and bytes, one byte at a time with a pause before each. */
    static NodeAnswer drip(byte[] body, Duration pause) {
        return connection -> {
            connection.head(200, "application/vnd.ipld.raw", body.length);
            connection.drip(body, pause);
        };
    }

    /** The head itself, one byte at a time with a pause before each. */
    static NodeAnswer drippingHead(Duration pause) {
        byte[] head = ("HTTP/1.1 200 As scripted\r\nX-Filler: " + "x".repeat(10_000))
                .getBytes(StandardCharsets.US_ASCII);
        return connection -> connection.drip(head, pause);
    }

    /** The connection is reset before any answer. */
    static NodeAnswer reset() {
        return NodeConnection::reset;
    }

    /** 307 to another address. */
    static NodeAnswer redirect(URI target) {
        return connection -> connection.redirect(307, target);
    }

    /** 429 or 503 with the header Retry-After, or without it when that is null. */
    static NodeAnswer busy(int status, String retryAfter) {
        return connection -> connection.reject(status, retryAfter);
    }

    /** Bytes that are no HTTP. */
    static NodeAnswer garbage() {
        return connection -> {
            connection.write("SSH-2.0-OpenSSH_9.9\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.close();
        };
    }

    /** This answer after a while. */
    default NodeAnswer after(Duration delay) {
        return connection -> {
            connection.pause(delay);
            give(connection);
        };
    }
}
