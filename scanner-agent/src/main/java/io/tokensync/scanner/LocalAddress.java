package io.tokensync.scanner;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The address of this machine as its own network interfaces have it; nobody outside is asked. */
final class LocalAddress {
    private static final Logger log = LoggerFactory.getLogger(LocalAddress.class);

    private LocalAddress() {}

    /** The address of the first interface that is up: IPv4 before IPv6, neither loopback nor link-local. */
    static Optional<String> find() {
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            List<NetworkInterface> up = interfaces.filter(LocalAddress::isUp)
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex)).toList();
            return up.stream().flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .min(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                    .map(InetAddress::getHostAddress).map(LocalAddress::withoutZone);
        } catch (SocketException e) {
            log.atWarn().setMessage("the network interfaces cannot be listed").addKeyValue("cause", e.toString()).log();
            return Optional.empty();
        }
    }

    private static boolean isUp(NetworkInterface candidate) {
        try {
            return candidate.isUp() && !candidate.isLoopback() && !candidate.isVirtual();
        } catch (SocketException _) {
            return false;
        }
    }

    /** An IPv6 address without the name of the interface behind the percent sign. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
