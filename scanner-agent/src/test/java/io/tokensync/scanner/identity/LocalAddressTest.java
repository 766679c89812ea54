package io.tokensync.scanner.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.tokensync.scanner.identity.LocalAddress.Candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LocalAddressTest {
    @Test
    void theDefaultRouteDecides() throws Exception {
        assertThat(choose("10.0.0.5", at("eth0", "192.168.1.5"), at("eth1", "10.0.0.5"))).contains("10.0.0.5");
    }

    @Test
    void aBridgeOfContainersIsNeverAdopted() throws Exception {
        assertThat(choose(null, at("docker0", "172.17.0.1"), at("br-1a2b", "172.18.0.1"), at("eth0", "10.0.0.5")))
                .contains("10.0.0.5");
        assertThat(choose("172.17.0.1", at("docker0", "172.17.0.1"))).isEmpty();
        assertThat(choose("10.8.0.2", at("tun0", "10.8.0.2"), at("eth0", "10.0.0.5"))).contains("10.0.0.5");
    }

    @Test
    void amongSeveralWithoutARouteTheOperatorDecides() {
        assertThatThrownBy(() -> choose(null, at("eth0", "192.168.1.5"), at("eth1", "10.0.0.5")))
                .isInstanceOf(IdentityException.class).hasMessageContaining("192.168.1.5")
                .hasMessageContaining("10.0.0.5").hasMessageContaining("scanner.source-ip");
    }

    @Test
    void version4ComesBeforeVersion6AndLoopbackIsNoAddress() throws Exception {
        assertThat(choose(null, at("lo", "127.0.0.1"), at("eth0", "2001:db8::1"), at("eth0", "10.0.0.5"),
                at("eth0", "fe80::1"))).contains("10.0.0.5");
        assertThat(choose(null, at("lo", "127.0.0.1"))).isEmpty();
    }

    private static Optional<String> choose(String routed, Candidate... candidates) throws UnknownHostException {
        return LocalAddress.choose(
                routed == null ? Optional.empty() : Optional.of(InetAddress.getByName(routed)), List.of(candidates));
    }

    private static Candidate at(String networkInterface, String address) throws UnknownHostException {
        return new Candidate(networkInterface, InetAddress.getByName(address));
    }
}
