package io.tokensync.monitor.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.http.HttpExchange;

/**
 * Asks the admin endpoints of the stages for {@code /status}. A host name stands for all of its addresses, so that the
 * name of a headless service covers every replica.
 */
public final class StageProbe implements Supplier<List<StageInstance>>, AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int LARGEST = 64 << 10;
    private static final int UNAUTHORIZED = 401;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StageEndpoints endpoints;
    private final Clock clock;
    private final ProbeClients clients;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Instant> unreachableSince = new HashMap<>();
    /** Agents that have said they make a single scan cycle: that they do not answer any more is how they end. */
    private final Set<String> once = ConcurrentHashMap.newKeySet();
    private volatile List<StageInstance> last = List.of();

    /** One address of an endpoint, with the name by which the endpoint is configured. */
    private record Target(String stage, URI endpoint, String name) {}

    /**
     * Asks nobody yet.
     *
     * @throws java.io.UncheckedIOException when the file with the authorities cannot be used, with what is wrong with it
     */
    public StageProbe(StageEndpoints endpoints, Clock clock) {
        this.endpoints = endpoints;
        this.clock = clock;
        this.clients = new ProbeClients(endpoints.authorities(), LONGEST_WAIT);
    }

    /** Asks all of them at a time; takes no longer than one of them may. */
    public void look() throws InterruptedException {
        List<Future<StageInstance>> asked = new ArrayList<>();
        for (Target target : targets()) {
            asked.add(threads.submit(() -> ask(target)));
        }
        List<StageInstance> found = new ArrayList<>();
        for (Future<StageInstance> future : asked) {
            try {
                found.add(sinceFirst(future.get()));
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        last = List.copyOf(found);
    }

    @Override
    public List<StageInstance> get() {
        return last;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clients.close();
    }

    private List<Target> targets() {
        return endpoints.addresses().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().stream().flatMap(uri -> addresses(uri)
                        .map(address -> new Target(entry.getKey(), address, uri.getHost()))))
                .toList();
    }

    private static Stream<URI> addresses(URI endpoint) {
        try {
            InetAddress[] all = InetAddress.getAllByName(endpoint.getHost());
            return all.length < 2 ? Stream.of(endpoint) : Arrays.stream(all).map(address -> at(endpoint, address));
        } catch (UnknownHostException _) {
            return Stream.of(endpoint);
        }
    }

    private static URI at(URI endpoint, InetAddress address) {
        String host = address.getHostAddress();
        return URI.create(endpoint.getScheme() + "://" + (host.contains(":") ? "[" + host + "]" : host)
                + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort()));
    }

    private StageInstance ask(Target target) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.endpoint().resolve("/status"))
                .timeout(LONGEST_WAIT);
        endpoints.login().ifPresent(login -> request.header("Authorization", login.authorization()));
        try {
            HttpResponse<InputStream> response = HttpExchange.send(
                    clients.of(Objects.requireNonNullElse(target.name(), "")), request.build(),
                    BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return response.statusCode() == 200
                        ? read(target, JSON.readTree(body.readNBytes(LARGEST)))
                        : unreachable(target, answered(response.statusCode()));
            }
        } catch (IOException e) {
            return unreachable(target, "does not answer: " + e.getClass().getSimpleName());
        } catch (JacksonException _) {
            return unreachable(target, "does not answer with a status");
        }
    }

    private static String answered(int code) {
        return code == UNAUTHORIZED
                ? "asks for a login: monitor.stages.password or monitor.stages.token is missing or wrong"
                : "answers with HTTP " + code;
    }

    private StageInstance read(Target target, JsonNode status) {
        if (status.path("once").asBoolean(false)) {
            once.add(target.endpoint().getAuthority());
        } else {
            once.remove(target.endpoint().getAuthority());
        }
        return new StageInstance(target.stage(), target.endpoint().getAuthority(),
                status.path("state").asString("UNKNOWN"), instant(status.path("since").asString("")),
                status.path("kind").asString(null), status.path("cause").asString(null));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    private static StageInstance unreachable(Target target, String why) {
        return new StageInstance(target.stage(), target.endpoint().getAuthority(), StageInstance.UNREACHABLE, null,
                null, why);
    }

    /** Of an endpoint that does not answer, since when. */
    private StageInstance sinceFirst(StageInstance now) {
        if (!now.state().equals(StageInstance.UNREACHABLE)) {
            unreachableSince.remove(now.address());
            return now;
        }
        Instant since = unreachableSince.computeIfAbsent(now.address(), _ -> clock.instant());
        return once.contains(now.address())
                ? new StageInstance(now.stage(), now.address(), StageInstance.STOPPED, since, null,
                        "has made its single scan cycle")
                : new StageInstance(now.stage(), now.address(), now.state(), since, null, now.cause());
    }
}
