package io.tokensync.cli.check;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.cli.operator.Probe;
import io.tokensync.cli.operator.ProbeFailure;
import io.tokensync.cli.operator.ProbeGroup;
import io.tokensync.common.http.HttpExchange;
import io.tokensync.enricher.ContentSettings;
import io.tokensync.enricher.http.HttpEndpoint;

/** Whether what content may come from is there: Kubo nodes, gateways, the codebook, repositories on this machine. */
final class IpfsProbes {
    private static final Duration TIMEOUT = Duration.ofSeconds(12);
    private static final int OK = 200;
    /** The block of nothing, which every gateway has. */
    private static final String NOTHING = "/ipfs/bafkqaaa?format=raw";

    private IpfsProbes() {}

    static List<ProbeGroup> of(ContentSettings content) {
        List<Probe> probes = new ArrayList<>();
        for (HttpEndpoint node : content.kubo().endpoints()) {
            probes.add(new Probe("IPFS node", node.name(),
                    "see that the node runs, and that its API is open to this machine (Addresses.API)",
                    () -> answer(HttpRequest.newBuilder(below(node, "/api/v0/version")).POST(BodyPublishers.noBody()),
                            "is this the API of a Kubo node, and not its gateway?")));
        }
        for (HttpEndpoint gateway : content.gateways().endpoints()) {
            probes.add(new Probe("IPFS gateway", gateway.name(), "see that it runs and is open to this machine",
                    () -> answer(HttpRequest.newBuilder(below(gateway, NOTHING)).GET(),
                            "is this a gateway that gives raw blocks?")));
        }
        content.codebook().ifPresent(file -> probes.add(new Probe("codebook", file.toString(),
                "make it with: tokensync codebook build --out FILE", () -> readable(file))));
        content.blockstoreRoots().forEach(root -> probes.add(new Probe("IPFS repositories", root.toString(),
                "give this user the right to enter and list it, or correct enricher.blockstore.roots",
                () -> DirectoryProbes.listed(root) + " entries")));
        return probes.stream().map(ProbeGroup::of).toList();
    }

    private static String answer(HttpRequest.Builder request, String cure)
            throws IOException, InterruptedException, ProbeFailure {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            HttpResponse<Void> answer = HttpExchange.send(http, request.timeout(TIMEOUT).build(),
                    BodyHandlers.discarding());
            if (answer.statusCode() != OK) {
                throw new ProbeFailure("answers " + answer.statusCode(), cure);
            }
            return "it answers";
        } catch (ConnectException e) {
            throw new IOException("nobody listens there", e);
        }
    }

    private static String readable(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException(Files.exists(file) ? "is no file that this user may read" : "does not exist");
        }
        return Files.size(file) + " bytes";
    }

    private static URI below(HttpEndpoint endpoint, String path) {
        String base = endpoint.address().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
