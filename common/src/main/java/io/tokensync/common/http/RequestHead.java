package io.tokensync.common.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The first line and the headers of a request.
 *
 * @param method as sent
 * @param target what is asked for
 * @param headers the first value by name in lower case
 */
record RequestHead(String method, URI target, Map<String, String> headers) {
    private static final int PARTS = 3;

    /**
     * Takes the text apart that ends with an empty line.
     *
     * @throws IllegalArgumentException when it is not HTTP
     */
    static RequestHead parse(byte[] bytes, int length) {
        List<String> lines = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).lines().toList();
        String[] first = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ", -1);
        if (first.length != PARTS || !first[2].startsWith("HTTP/1.")) {
            throw new IllegalArgumentException("not a request of HTTP/1");
        }
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            } else if (!line.isEmpty()) {
                throw new IllegalArgumentException("not a header");
            }
        }
        return new RequestHead(first[0], URI.create(first[1]), Map.copyOf(headers));
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    boolean isQuestion() {
        return isHead() || method.equals("GET");
    }

    HttpRequest question() {
        return HttpRequest.of(target, name -> headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
