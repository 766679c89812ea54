package io.tokensync.enricher.http;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.Sample;

import static org.assertj.core.api.Assertions.assertThat;

class RecordedNodeSourceTest {
    private static final Sample ONE = Sample.of("one");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final List<String> asked = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"10.1.0.0/16:5002-5600,10.1.2.3,5002,true", "10.1.0.0/16:5002-5600,10.1.255.255,5600,true",
            "10.1.0.0/16:5002-5600,10.2.0.0,5002,false", "10.1.0.0/16:5002-5600,10.1.2.3,5001,false",
            "10.1.2.3:80,10.1.2.3,80,true", "10.1.2.3:80,10.1.2.2,80,false", "[fd12::/64]:5001,fd12::7,5001,true",
            "[fd12::/64]:5001,fd12:0:0:1::7,5001,false", "0.0.0.0/0:1-65535,192.0.2.1,5001,true",
            "0.0.0.0/0:1-65535,127.0.0.1,5001,false", "0.0.0.0/0:1-65535,169.254.1.1,5001,false",
            "0.0.0.0/0:1-65535,169.254.169.254,80,false", "169.254.0.0/16:80,169.254.169.254,80,false",
            "169.254.0.0/16:80,169.254.1.1,80,true", "169.254.169.254:80,169.254.169.254,80,true",
            "168.0.0.0/8:80,168.63.129.16,80,false", "0.0.0.0/0:80,0.0.0.0,80,false",
            "0.0.0.0/0:80,224.0.0.1,80,false", "127.0.0.0/8:5001,127.0.0.1,5001,true",
            "127.0.0.1:5001,127.0.0.1,5001,true", "0.0.0.0/0:5001,::ffff:127.0.0.1,5001,false",
            "[::/0]:5001,::1,5001,false", "[::/0]:5001,fe80::1,5001,false", "[::/0]:80,fd00:ec2::254,80,false",
            "[::1]:5001,::1,5001,true", "[::/0]:5001,10.0.0.1,5001,false"})
    void whatIsAllowed(String entry, String address, int port, boolean covered) {
        assertThat(AllowedAddresses.parse(List.of(entry)).covers(InetAddress.ofLiteral(address), port))
                .isEqualTo(covered);
    }

    @Test
    void theNodeOfTheRecordIsAskedWhenItIsAllowed() throws Exception {
        assertThat(find("/ip4/10.1.2.3/tcp/5003", "10.1.9.9")).isInstanceOf(ContentAnswer.Found.class);
        assertThat(find("/ip4/0.0.0.0/tcp/5003", "10.1.9.9")).isInstanceOf(ContentAnswer.Found.class);
        assertThat(find("/ip6/::/tcp/5003", "10.1.9.9")).isInstanceOf(ContentAnswer.Found.class);
        assertThat(asked).containsExactly("http://10.1.2.3:5003", "http://10.1.9.9:5003");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = {"/ip4/10.2.2.3/tcp/5003,10.1.9.9", "/ip4/127.0.0.1/tcp/5003,10.1.9.9",
            "/ip4/0.0.0.0/tcp/5003,machine", "/ip4/0.0.0.0/tcp/5003,127.0.0.1", "/dns4/node/tcp/5003,10.1.9.9",
            "/ip4/10.1.2.3/tcp/99999,10.1.9.9", "/ip4/10.1.2.3/tcp/5003/../../x,10.1.9.9",
            "http://10.1.2.3:5003,10.1.9.9", "/ip4/10.1.2.3/udp/5003,10.1.9.9", "'',10.1.9.9", "null,10.1.9.9"})
    void anythingElseIsNotAsked(String api, String sourceIp) throws Exception {
        assertThat(find(api, sourceIp)).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo(ContentFailure.NOT_FOUND));
        assertThat(asked).isEmpty();
    }

    @Test
    void theBreakersOfAllNodesAreCounted() throws Exception {
        find("/ip4/10.1.2.3/tcp/5003", null);
        find("/ip4/10.1.2.4/tcp/5003", null);
        find("/ip4/10.1.2.4/tcp/5003", null);
        assertThat(source.nodesWhoseBreakerIs(EndpointCircuitBreaker.Position.CLOSED)).isEqualTo(2);
        breakers.getFirst().leaveAlone(LONGEST_WAIT);
        assertThat(source.nodesWhoseBreakerIs(EndpointCircuitBreaker.Position.CLOSED)).isOne();
        assertThat(source.nodesWhoseBreakerIs(EndpointCircuitBreaker.Position.OPEN)).isOne();
        assertThat(source.nodesWhoseBreakerIs(EndpointCircuitBreaker.Position.HALF_OPEN)).isZero();
    }

    private final List<EndpointCircuitBreaker> breakers = new ArrayList<>();
    private final RecordedNodeSource source = new RecordedNodeSource(
            AllowedAddresses.parse(List.of("10.1.0.0/16:5002-5600")),
            new EndpointBounds(LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT, 1_000), Clock.systemUTC(),
            (endpoint, breaker) -> {
                breakers.add(breaker);
                asked.add(endpoint.address().toString());
                return _ -> new ContentAnswer.Found(ONE.block(), KuboSource.NAME);
            });

    private ContentAnswer find(String api, String sourceIp) throws InterruptedException {
        return source.find(new ContentRequest(ONE.cid(), null, null, sourceIp, api));
    }
}
