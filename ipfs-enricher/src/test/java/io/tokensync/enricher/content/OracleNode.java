package io.tokensync.enricher.content;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.opentest4j.TestAbortedException;

import io.tokensync.ipfs.Cid;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node made of IPFS's own importer and exporter in JavaScript, which {@code .ci/run} installs; a process of its own. Where it
 * is not installed, the test is skipped and says so.
 */
public final class OracleNode implements AutoCloseable {
    private static final Path ORACLE = Path.of("..", "ipfs-codec", "target", "oracle").toAbsolutePath().normalize();
    private static final String READY = "READY ";

    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    /** How the node lays out a file. */
    public record Layout(int chunk, int width, boolean trickle, boolean rawLeaves, boolean directory) {}

    private OracleNode(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    public static OracleNode start() throws IOException {
        if (!Files.isDirectory(ORACLE.resolve("node_modules", "ipfs-unixfs-exporter"))) {
            String reason = "IPFS's importer and exporter for JavaScript are not installed in " + ORACLE;
            System.out.println("SKIPPED: " + reason + "; files of several blocks are only checked against our own");
            throw new TestAbortedException(reason);
        }
        Process process = new ProcessBuilder("node", ORACLE.resolve("node.mjs").toString())
                .redirectError(Redirect.INHERIT).start();
        String ready = process.inputReader().readLine();
        assertThat(ready).startsWith(READY);
        return new OracleNode(process, URI.create("http://127.0.0.1:" + ready.substring(READY.length())));
    }

    /** Where its API and its gateway are. */
    public URI address() {
        return address;
    }

    /** Adds a file and gives its id, or that of the directory around it. */
    public Cid add(byte[] content, Layout layout) throws IOException, InterruptedException {
        String id = new String(post("/add?version=0&chunk=" + layout.chunk + "&width=" + layout.width + "&layout="
                + (layout.trickle ? "trickle" : "balanced") + "&raw=" + layout.rawLeaves + "&directory="
                + layout.directory, content), StandardCharsets.UTF_8);
        return Cid.parse(id).orElseThrow();
    }

    /** Gives it a block. */
    public void put(Cid cid, byte[] block) throws IOException, InterruptedException {
        post("/put?arg=" + cid, block);
    }

    /** What its exporter makes of the blocks it has. */
    public byte[] cat(Cid cid) throws IOException, InterruptedException {
        return post("/api/v0/cat?arg=" + cid, new byte[0]);
    }

    @Override
    public void close() throws IOException {
        client.close();
        process.getOutputStream().close();
        process.onExit().join();
    }

    private byte[] post(String path, byte[] body) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(address.resolve(path))
                .POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return answer.body();
    }
}
