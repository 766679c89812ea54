package io.tokensync.common.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.tls.CertificateSource;
import io.tokensync.common.tls.TlsKeys;

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

    /** The declarations of their keys, below the prefix of the server. */
    public static final class Keys {
        private final String prefix;
        private final ConfigKey<List<String>> names;
        private final Credentials.Keys login;

        /**
         * Declares them.
         *
         * @param section of the server
         * @param prefix of the section: {@code admin}
         * @param names what the names are for, a sentence
         * @param login what the login is for: {@code "Who asks for /status: "}
         */
        public Keys(KeySection section, String prefix, String names, String login) {
            this.prefix = prefix;
            this.names = section.add(ConfigKey.texts("names", List.of(), names));
            this.login = new Credentials.Keys(section, "", login);
            section.include("", TlsKeys.KEYS);
        }

        /**
         * What is set, with a warning when more can be read than should be.
         *
         * @param host on which the server listens; empty when there is none
         */
        public ServerAccess read(Settings settings, Optional<String> host) {
            ServerAccess access = new ServerAccess(settings.get(names), login.read(settings),
                    TlsKeys.read(settings, prefix));
            host.flatMap(address -> access.warning(prefix, address)).ifPresent(settings::warn);
            return access;
        }
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
    Optional<String> warning(String prefix, String host) {
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
