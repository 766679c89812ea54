package io.tokensync.common.http;

import java.util.Optional;
import java.util.Set;

/** What a server asks of a request before it looks at it: a name that it knows, and the login. */
public final class AccessControl {
    private final HostCheck hosts;
    private final ServerAccess access;
    private final String namesKey;
    private final Set<String> open;

    /**
     * The access of one server.
     *
     * @param namesKey key of the names, for who asks under another one
     * @param open paths that are answered without a login
     */
    public AccessControl(ServerAccess access, String namesKey, Set<String> open) {
        this.hosts = new HostCheck(access.names());
        this.access = access;
        this.namesKey = namesKey;
        this.open = Set.copyOf(open);
    }

    /**
     * The answer to a request that may not ask; empty when it may. Not by what it asks for: who has not logged in does
     * not learn which paths there are.
     *
     * @param host under which it asks
     */
    public Optional<HttpResponse> rejection(HttpRequest request, String host) {
        if (!hosts.allows(host)) {
            return Optional.of(HttpResponse.of(421, HttpResponse.TEXT,
                    "this name is not known here: add it to " + namesKey + ", or use the address\n"));
        }
        return open.contains(request.path())
                ? Optional.empty()
                : access.login().filter(login -> !login.accept(request.headerOrEmpty("Authorization")))
                        .map(login -> HttpResponse.of(401, HttpResponse.TEXT, "this needs a login\n")
                                .with("WWW-Authenticate", login.challenge()));
    }
}
