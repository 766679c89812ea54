package io.tokensync.monitor.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import io.tokensync.common.http.AccessControl;
import io.tokensync.common.http.HttpRequest;
import io.tokensync.common.http.HttpResponse;

/** Who answers what, and under which rules for the browser. */
final class Routes {
    /** Nothing from elsewhere, nothing inline, no text ever taken for markup. */
    private static final Map<String, String> RULES = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'; trusted-types 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    private static final int WORTH_PACKING = 1_400;

    private final AccessControl access;
    private final Assets assets;
    private final Api api;

    Routes(AccessControl access, Assets assets, Api api) {
        this.access = access;
        this.assets = assets;
        this.api = api;
    }

    HttpResponse answer(HttpRequest question) {
        HttpResponse answer = access.rejection(question, question.headerOrEmpty("Host"))
                .orElseGet(() -> find(question));
        Map<String, String> headers = new LinkedHashMap<>(RULES);
        headers.putAll(answer.headers());
        HttpResponse ruled = answer.withHeaders(headers);
        return question.headerOrEmpty("Accept-Encoding").contains("gzip") ? packed(ruled) : ruled;
    }

    private HttpResponse find(HttpRequest question) {
        return api.find(question)
                .or(() -> assets.find(question.path(), question.headerOrEmpty("If-None-Match")))
                .orElseGet(() -> HttpResponse.of(404, HttpResponse.TEXT, "there is nothing here; the page is at /\n"));
    }

    private static HttpResponse packed(HttpResponse answer) {
        if (answer.stream() != null || answer.body().length < WORTH_PACKING) {
            return answer;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new HttpResponse(answer.code(), answer.headers(), bytes.toByteArray()).with("Content-Encoding", "gzip")
                .with("Vary", "Accept-Encoding");
    }
}
