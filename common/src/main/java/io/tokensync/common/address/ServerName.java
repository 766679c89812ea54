package io.tokensync.common.address;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server of a connection string: {@code [tcp:]host[\instance][,port]}.
 *
 * @param host name or address; {@code .} and {@code (local)} are this machine
 * @param port 0 when it is not said
 * @param instance a named instance, which the server's browser service finds
 */
record ServerName(String host, int port, Optional<String> instance) {
    private static final Pattern FORM = Pattern
            .compile(
                    "(?i)(?:tcp:)?\\s*([\\w.-]+|\\(local\\)|\\[?[0-9a-f:]*:[0-9a-f:.]*]?)(?:\\\\([\\w$#]+))?\\s*(?:,\\s*(\\d{1,5}))?");
    private static final int LAST_PORT = 65_535;

    static ServerName parse(String value) {
        Matcher matcher = FORM.matcher(value.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the connection string's Server must be [tcp:]host[\\instance][,port];"
                    + " named pipes, shared memory and LocalDB are not supported");
        }
        int port = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        if (port > LAST_PORT) {
            throw new IllegalArgumentException("the connection string's Server has a port above " + LAST_PORT);
        }
        String host = matcher.group(1).toLowerCase(Locale.ROOT);
        boolean here = host.equals(".") || host.equals("(local)");
        return new ServerName(here ? "localhost" : host, port, Optional.ofNullable(matcher.group(2)));
    }

    /** The URL without properties. */
    String baseUrl() {
        String name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return "jdbc:sqlserver://" + name + (port == 0 ? "" : ":" + port);
    }
}
