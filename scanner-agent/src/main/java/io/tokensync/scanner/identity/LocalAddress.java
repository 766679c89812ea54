package io.tokensync.scanner.identity;

import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The address of this machine as its own network has it; nobody outside is asked, and no packet is sent. Bridges of
 * containers and tunnels do not count: they have the same addresses on every machine, or others tomorrow.
 */
public final class LocalAddress {
    private static final Logger log = LoggerFactory.getLogger(LocalAddress.class);

    /** An address for documentation, which is nobody's: the way there is the default route. */
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("192.0.2.1", 9);
    private static final List<String> INNER = List.of("docker", "br-", "veth", "virbr", "vnet", "cni", "flannel",
            "cali",
            "podman", "lxcbr", "lxdbr", "tun", "tap", "wg");

    private LocalAddress() {}

    /**
     * An address of a network interface.
     *
     * @param networkInterface name of the interface
     */
    record Candidate(String networkInterface, InetAddress address) {}

    /**
     * The address that the default route starts from, or the only one there is.
     *
     * @throws IdentityException when there are several and nothing tells which
     */
    public static Optional<String> find() {
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            return choose(routed(), interfaces.filter(LocalAddress::isUp)
                    .flatMap(one -> one.inetAddresses().map(address -> new Candidate(one.getName(), address)))
                    .toList());
        } catch (SocketException e) {
            log.atWarn().setMessage("the network interfaces cannot be listed").addKeyValue("cause", e.toString()).log();
            return Optional.empty();
        }
    }

    /** The one among these to be known by: the routed one, else the only one, IPv4 before IPv6. */
    static Optional<String> choose(Optional<InetAddress> routed, List<Candidate> candidates) {
        List<InetAddress> outer = candidates.stream().filter(LocalAddress::isOuter).map(Candidate::address).toList();
        List<InetAddress> version4 = outer.stream().filter(Inet4Address.class::isInstance).toList();
        List<InetAddress> possible = version4.isEmpty() ? outer : version4;
        Optional<InetAddress> chosen = routed.filter(outer::contains);
        if (chosen.isEmpty() && possible.size() > 1) {
            throw new IdentityException("this machine has several addresses and no default route to tell which it is"
                    + " known by: set scanner.source-ip, for example to one of "
                    + possible.stream().map(LocalAddress::text).toList());
        }
        return chosen.or(() -> possible.stream().findFirst()).map(LocalAddress::text);
    }

    private static Optional<InetAddress> routed() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(ANYWHERE);
            return Optional.of(socket.getLocalAddress());
        } catch (SocketException _) {
            return Optional.empty();
        }
    }

    private static boolean isOuter(Candidate candidate) {
        InetAddress address = candidate.address();
        return !address.isLoopbackAddress() && !address.isLinkLocalAddress() && !address.isAnyLocalAddress()
                && INNER.stream().noneMatch(candidate.networkInterface()::startsWith);
    }

    private static boolean isUp(NetworkInterface candidate) {
        try {
            return candidate.isUp() && !candidate.isLoopback() && !candidate.isVirtual();
        } catch (SocketException _) {
            return false;
        }
    }

    /** The address without the name of the interface, which IPv6 has behind a percent sign. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
