package io.tokensync.common.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer with its whole body.
 *
 * @param code of the status line
 * @param headers by name, {@code Content-Type} among them
 * @param body bytes as they are sent; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // written once, to one connection
public record HttpResponse(int code, Map<String, String> headers, byte[] body) {
    /** Content type of a line for people. */
    public static final String TEXT = "text/plain; charset=utf-8";
    /** Content type of JSON. */
    public static final String JSON = "application/json; charset=utf-8";

    /** A text of this type; nobody in between may keep it. */
    public static HttpResponse of(int code, String type, String body) {
        return new HttpResponse(code, Map.of("Content-Type", type, "Cache-Control", "no-store"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with one more header. */
    public HttpResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpResponse(code, more, body);
    }
}
