package io.tokensync.monitor.page;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether the page may be asked for under this {@code Host}. A foreign web site can make its own name point to this
 * machine and then read the page through the browser of somebody who can reach it (DNS rebinding); it cannot do that with
 * an address, or with a name that it does not own.
 */
final class HostCheck {
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+\\]");

    private final List<String> names;

    /** @param names allowed besides {@code localhost} and addresses, in lower case */
    HostCheck(List<String> names) {
        this.names = List.copyOf(names);
    }

    boolean allows(String header) {
        String host = PORT.matcher(header.toLowerCase(Locale.ROOT)).replaceFirst("");
        return host.equals("localhost") || IPV4.matcher(host).matches() || IPV6.matcher(host).matches()
                || names.contains(host);
    }
}
