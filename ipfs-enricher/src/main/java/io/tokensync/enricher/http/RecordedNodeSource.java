package io.tokensync.enricher.http;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.ContentSource;

/**
 * The node that the record itself comes from, by the address that its daemon left in its repository. A record may say
 * anything, so only addresses that are allowed are asked. A name is never resolved: what is checked is what is connected
 * to. A daemon that listens everywhere is asked at the machine that the record names.
 */
public final class RecordedNodeSource implements ContentSource {
    private static final Pattern MULTIADDRESS = Pattern
            .compile("/ip([46])/([0-9A-Fa-f:.]{2,45})/tcp/([0-9]{1,5})(?:/http)?");
    private static final int HIGHEST_PORT = 65_535;
    private static final int REMEMBERED = 2_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
    private static final Failed NONE = new Failed(ContentFailure.NOT_FOUND, "the record names no API of a node");
    private static final Failed NOT_ALLOWED = new Failed(ContentFailure.NOT_FOUND,
            "the API that the record names is not covered by enricher.kubo.record-endpoints");

    private final AllowedAddresses allowed;
    private final BiFunction<HttpEndpoint, EndpointCircuitBreaker, ContentSource> sources;
    private final Clock clock;
    private final EndpointBounds bounds;
    private final Cache<URI, Node> nodes = Caffeine.newBuilder().maximumSize(REMEMBERED)
            .expireAfterAccess(FORGOTTEN_AFTER).executor(Runnable::run).build();

    /**
     * @param bounds of all of them
     * @param clock of their breakers
     * @param sources makes the source of a node that is met for the first time, which its breaker spares
     */
    public RecordedNodeSource(AllowedAddresses allowed, EndpointBounds bounds, Clock clock,
            BiFunction<HttpEndpoint, EndpointCircuitBreaker, ContentSource> sources) {
        this.allowed = allowed;
        this.bounds = bounds;
        this.clock = clock;
        this.sources = sources;
    }

    /** A node that some record has named lately. */
    private record Node(ContentSource source, EndpointCircuitBreaker breaker) {}

    /** Of the nodes that records have named lately, those whose breaker stands so. */
    public long nodesWhoseBreakerIs(EndpointCircuitBreaker.Position position) {
        return nodes.asMap().values().stream().filter(node -> node.breaker.position() == position).count();
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        if (request.ipfsApi() == null) {
            return NONE;
        }
        Optional<URI> address = address(request.ipfsApi(), request.sourceIp());
        if (address.isEmpty()) {
            return NOT_ALLOWED;
        }
        return nodes.get(address.get(), this::node).source.find(request);
    }

    private Node node(URI address) {
        HttpEndpoint endpoint = new HttpEndpoint(address, bounds);
        EndpointCircuitBreaker breaker = new EndpointCircuitBreaker(endpoint.name(), clock);
        return new Node(sources.apply(endpoint, breaker), breaker);
    }

    private Optional<URI> address(String multiaddress, String sourceIp) {
        Matcher matcher = MULTIADDRESS.matcher(multiaddress);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(3));
        return literal(matcher.group(2))
                .flatMap(said -> said.isAnyLocalAddress() ? literal(sourceIp) : Optional.of(said))
                .filter(address -> port > 0 && port <= HIGHEST_PORT && allowed.covers(address, port))
                .map(address -> URI.create("http://" + host(address) + ":" + port));
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String host(InetAddress address) {
        String host = address.getHostAddress();
        return host.indexOf(':') < 0 ? host : "[" + host.replaceFirst("%.*", "") + "]";
    }
}
