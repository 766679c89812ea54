package io.tokensync.common.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a server may be asked under this {@code Host}. A foreign web site can make its own name point to this machine and
 * then read what the server says through the browser of somebody who can reach it (DNS rebinding); it cannot do that with an
 * address, with a name that has no dot, or with a name that it does not own.
 */
public final class HostCheck {
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Pattern WITHOUT_DOTS = Pattern.compile("[a-z0-9_-]+");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+\\]");

    private final List<String> names;

    /** @param names allowed besides addresses and names without a dot, such as {@code localhost} */
    public HostCheck(List<String> names) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** Whether this value of the header names this server. */
    public boolean allows(String header) {
        String host = PORT.matcher(header.toLowerCase(Locale.ROOT)).replaceFirst("");
        return WITHOUT_DOTS.matcher(host).matches() || IPV4.matcher(host).matches() || IPV6.matcher(host).matches()
                || names.contains(host);
    }
}
