package io.tokensync.scanner.identity;

import java.util.Optional;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.StateStore;

/**
 * The {@code source_ip} that rows are published under. It is part of their key, so another one would publish every row a
 * second time: a change is said and waited for, never followed by itself.
 */
public final class SourceIdentity {
    private static final Logger log = LoggerFactory.getLogger(SourceIdentity.class);

    private final ScannerConfig.Identity config;
    private final Supplier<Optional<String>> localAddress;
    private final StateStore state;

    public SourceIdentity(ScannerConfig.Identity config, Supplier<Optional<String>> localAddress, StateStore state) {
        this.config = config;
        this.localAddress = localAddress;
        this.state = state;
    }

    /**
     * The identity to publish under now.
     *
     * @throws IdentityException when there is none, or another than before
     */
    public String check() {
        String now = config.sourceIp().or(localAddress).orElseThrow(() -> new IdentityException(
                "this machine has no network address to be known by: set scanner.source-ip"));
        Optional<String> before = state.sourceIp();
        if (before.isPresent() && !before.get().equals(now) && !before.equals(config.replaces())) {
            throw new IdentityException("this machine was " + before.get() + " and is now " + now
                    + "; every row would be published a second time, and the " + rows() + " rows under " + before.get()
                    + " would stay as they are. Set scanner.source-ip: " + before.get()
                    + " to keep the identity, or scanner.replaces-source-ip: " + before.get() + " to begin a new one");
        }
        if (!before.equals(Optional.of(now))) {
            before.ifPresent(old -> sayReplaced(old, now));
            state.setSourceIp(now);
        }
        return now;
    }

    private void sayReplaced(String before, String now) {
        log.atWarn().setMessage("a new identity begins: the rows under the old one stay in the table as they are, and"
                + " nobody updates them; delete them there when they are not wanted").addKeyValue("before", before)
                .addKeyValue("now", now).addKeyValue("rows", rows()).log();
    }

    private long rows() {
        return state.databases().stream().mapToLong(DatabaseStore::rowCount).sum();
    }
}
