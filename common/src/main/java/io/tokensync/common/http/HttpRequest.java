package io.tokensync.common.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A GET or HEAD request.
 *
 * @param path decoded
 * @param query its parameters by name, decoded; of a name that comes twice the last value
 * @param header gives the first value of a header, or null
 */
public record HttpRequest(String path, Map<String, String> query, UnaryOperator<String> header) {
    /** From the address of a request. */
    static HttpRequest of(URI address, UnaryOperator<String> header) {
        return new HttpRequest(Objects.requireNonNullElse(address.getPath(), "/"), query(address.getRawQuery()),
                header);
    }

    /** The header's first value; empty when it is not there. */
    public String headerOrEmpty(String name) {
        return Objects.requireNonNullElse(header.apply(name), "");
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                query.put(decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
