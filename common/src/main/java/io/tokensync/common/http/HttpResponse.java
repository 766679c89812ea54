package io.tokensync.common.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param code of the status line
 * @param headers by name, {@code Content-Type} among them
 * @param body bytes as they are sent; not copied; empty when it is streamed
 * @param stream writes the body while it is sent; null for one that is here
 */
@SuppressWarnings("ArrayRecordComponent") // written once, to one connection
public record HttpResponse(int code, Map<String, String> headers, byte[] body, Stream stream) {
    /** Content type of a line for people. */
    public static final String TEXT = "text/plain; charset=utf-8";
    /** Content type of JSON. */
    public static final String JSON = "application/json; charset=utf-8";

    /** Writes a body whose length nobody knows before its end. */
    @FunctionalInterface
    public interface Stream {
        /** To the client; who gets an end that is none when this throws, and not a body that seems to be whole. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** With its whole body. */
    public HttpResponse(int code, Map<String, String> headers, byte[] body) {
        this(code, headers, body, null);
    }

    /** A text of this type; nobody in between may keep it. */
    public static HttpResponse of(int code, String type, String body) {
        return new HttpResponse(code, Map.of("Content-Type", type, "Cache-Control", "no-store"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** A body of this type that is written while it is sent; nobody in between may keep it. */
    public static HttpResponse streamed(String type, Stream stream) {
        return new HttpResponse(200, Map.of("Content-Type", type, "Cache-Control", "no-store"), new byte[0], stream);
    }

    /** The same with one more header. */
    public HttpResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return withHeaders(more);
    }

    /** The same with these headers in place of its own. */
    public HttpResponse withHeaders(Map<String, String> others) {
        return new HttpResponse(code, others, body, stream);
    }
}
