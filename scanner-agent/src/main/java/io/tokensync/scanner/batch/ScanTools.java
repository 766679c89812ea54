package io.tokensync.scanner.batch;

import java.time.Clock;

import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.content.BlockStores;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.source.sqlite.ChangeWatch;
import io.tokensync.scanner.source.sqlite.DatabaseOpener;
import io.tokensync.scanner.source.sqlite.DatabaseWatch;
import io.tokensync.scanner.state.Confirmations;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.VersionClock;

/** What a scan cycle works with. */
public record ScanTools(ScannerConfig config, TokenPublisher publisher, StateStore state, VersionClock versions,
        DatabaseWatch watch, DatabaseOpener databases, ChangeWatch changes, BlockStores blocks,
        Confirmations confirmations, RateLimiter pace, Clock clock) {}
