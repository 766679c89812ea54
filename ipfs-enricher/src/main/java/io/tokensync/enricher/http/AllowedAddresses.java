package io.tokensync.enricher.http;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of addresses that records may name: networks with ports, such as {@code 10.1.0.0/16:5002-5600} or
 * {@code [fd12::/64]:5001}. Loopback, link-local and the addresses at which clouds serve their metadata are covered only by
 * an entry that names nothing else; a wide network does not include them by accident. Multicast and unspecified addresses
 * never are.
 */
public final class AllowedAddresses {
    private static final Pattern ENTRY = Pattern
            .compile(
                    "(?:\\[([0-9A-Fa-f:.]+)(?:/([0-9]{1,3}))?\\]|([0-9.]+)(?:/([0-9]{1,2}))?):([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final int HIGHEST_PORT = 65_535;
    private static final int NEVER = Integer.MAX_VALUE;
    private static final List<InetAddress> METADATA = List.of(InetAddress.ofLiteral("169.254.169.254"),
            InetAddress.ofLiteral("fd00:ec2::254"), InetAddress.ofLiteral("168.63.129.16"),
            InetAddress.ofLiteral("100.100.100.200"));

    private final List<Entry> entries;

    private AllowedAddresses(List<Entry> entries) {
        this.entries = entries;
    }

    /** A network and its ports. */
    private record Entry(InetAddress network, int prefix, int firstPort, int lastPort) {
        boolean covers(InetAddress address, int port) {
            return port >= firstPort && port <= lastPort && contains(address) && prefix >= narrowest(address);
        }

        private boolean contains(InetAddress address) {
            int bits = bits(address);
            return bits == bits(network)
                    && number(address).xor(number(network)).shiftRight(bits - prefix).signum() == 0;
        }
    }

    /**
     * Reads the entries.
     *
     * @throws IllegalArgumentException with the entry that is none
     */
    static AllowedAddresses parse(List<String> texts) {
        return new AllowedAddresses(texts.stream().map(AllowedAddresses::entry).toList());
    }

    /** Whether nothing is allowed. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether this address and port may be asked. */
    boolean covers(InetAddress address, int port) {
        return entries.stream().anyMatch(entry -> entry.covers(address, port));
    }

    private static Entry entry(String text) {
        Matcher matcher = ENTRY.matcher(text);
        if (!matcher.matches()) {
            throw unreadable(text);
        }
        boolean v6 = matcher.group(1) != null;
        String prefix = matcher.group(v6 ? 2 : 4);
        int firstPort = Integer.parseInt(matcher.group(5));
        int lastPort = matcher.group(6) == null ? firstPort : Integer.parseInt(matcher.group(6));
        try {
            InetAddress network = InetAddress.ofLiteral(matcher.group(v6 ? 1 : 3));
            int length = prefix == null ? bits(network) : Integer.parseInt(prefix);
            if (length > bits(network) || firstPort < 1 || lastPort > HIGHEST_PORT || lastPort < firstPort) {
                throw unreadable(text);
            }
            return new Entry(network, length, firstPort, lastPort);
        } catch (IllegalArgumentException _) {
            throw unreadable(text);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("enricher.kubo.record-endpoints: " + text
                + " is not a network with ports such as 10.1.0.0/16:5002-5600 or [fd12::/64]:5001; names are not resolved");
    }

    /** How many bits an entry must fix to cover this address; 0 for an ordinary one. */
    private static int narrowest(InetAddress address) {
        boolean v4 = address instanceof Inet4Address;
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return NEVER;
        }
        if (METADATA.contains(address)) {
            return bits(address);
        }
        if (address.isLoopbackAddress()) {
            return v4 ? 8 : bits(address);
        }
        return address.isLinkLocalAddress() ? v4 ? 16 : 10 : 0;
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
