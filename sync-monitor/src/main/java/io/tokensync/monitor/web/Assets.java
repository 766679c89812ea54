package io.tokensync.monitor.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tokensync.common.http.HttpResponse;

/** The files of the page, read once. A browser asks for each again and is told when it has not changed. */
final class Assets {
    private static final List<String> FILES = List.of("index.html", "page.css", "icon.svg", "app.js", "dom.js",
            "format.js", "charts.js", "pipeline.js", "attention.js", "fleet.js", "sessions.js", "errors.js",
            "audit.js", "workbench.css", "ask.js", "parts.js", "view.js", "search.js", "token.js", "owner.js",
            "node.js",
            "deadletters.js", "timeline.js");
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "css",
            "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    private final Map<String, Asset> byPath;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asset(String type, String tag, byte[] bytes) {}

    private Assets(Map<String, Asset> byPath) {
        this.byPath = byPath;
    }

    static Assets load() {
        return new Assets(
                FILES.stream().collect(Collectors.toMap(name -> "/" + name, (Function<String, Asset>) Assets::read)));
    }

    /** The file at this path; empty when there is none. Not modified when the browser has this version of it. */
    Optional<HttpResponse> find(String path, String knownTag) {
        return Optional.ofNullable(byPath.get(path.equals("/") ? "/index.html" : path)).map(asset -> {
            Map<String, String> headers = Map.of("Content-Type", asset.type(), "ETag", asset.tag(), "Cache-Control",
                    "no-cache");
            return knownTag.equals(asset.tag())
                    ? new HttpResponse(304, headers, new byte[0])
                    : new HttpResponse(200, headers, asset.bytes());
        });
    }

    private static Asset read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing beside " + Assets.class.getName());
            }
            byte[] bytes = in.readAllBytes();
            return new Asset(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), tag(bytes), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
