package io.tokensync.common.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import io.tokensync.common.tls.CertificateSource;

/**
 * Who may ask a server, and how.
 *
 * @param names host names under which it may be asked, besides addresses and names without a dot
 * @param login what a request must show; empty when everybody who reaches it may ask
 * @param certificate with which it speaks TLS; empty for plain HTTP
 */
public record ServerAccess(List<String> names, Optional<Credentials> login, Optional<CertificateSource> certificate) {
    public ServerAccess {
        names = List.copyOf(names);
    }

    /** Everybody, without TLS. */
    public static ServerAccess open(List<String> names) {
        return new ServerAccess(names, Optional.empty(), Optional.empty());
    }

    /**
     * What others can do to a server that listens on this address; empty when nothing.
     *
     * @param prefix of the server's keys
     */
    public Optional<String> warning(String prefix, String host) {
        if (isLoopback(host)) {
            return Optional.empty();
        }
        String reachable = prefix + ".host is " + host + ", and ";
        if (login.isEmpty()) {
            return Optional.of(reachable + "whoever reaches the port reads everything without a login: set " + prefix
                    + ".password-file or " + prefix + ".token-file, or let it listen on 127.0.0.1");
        }
        return certificate.isPresent()
                ? Optional.empty()
                : Optional.of(reachable + "the login crosses the network readable for everybody on its way: set "
                        + prefix + ".tls.certificate-file, or let it listen on 127.0.0.1 behind a proxy with TLS");
    }

    /** A name other than localhost is not looked up: it is only a warning. */
    private static boolean isLoopback(String host) {
        try {
            return host.equalsIgnoreCase("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
