package io.tokensync.cli.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.tokensync.cli.operator.Probe;

/** Whether a Kubo node's API answers. */
final class IpfsProbe implements Probe {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final URI endpoint;

    IpfsProbe(URI endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return "IPFS " + endpoint.getHost() + ":" + endpoint.getPort();
    }

    @Override
    public String run() throws IOException, InterruptedException {
        URI version = endpoint.resolve("/api/v0/version");
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            HttpResponse<Void> answer = http.send(HttpRequest.newBuilder(version).timeout(TIMEOUT)
                    .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() != OK) {
                throw new IOException("answers " + answer.statusCode() + "; is this the API of a Kubo node?");
            }
            return "the API answers";
        } catch (java.net.ConnectException e) {
            throw new IOException("nobody listens there; is the node running, and its API open to this machine?", e);
        }
    }
}
