package io.tokensync.scanner;

import java.time.Clock;

import io.tokensync.scanner.content.BlockStores;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.sqlite.ChangeWatch;
import io.tokensync.scanner.sqlite.DatabaseOpener;
import io.tokensync.scanner.sqlite.DatabaseWatch;
import io.tokensync.scanner.state.Confirmations;
import io.tokensync.scanner.state.ScannerState;
import io.tokensync.scanner.state.VersionClock;

/** What a pass works with. */
record ScanTools(ScannerConfig config, TokenPublisher publisher, ScannerState state, VersionClock versions,
        DatabaseWatch watch, DatabaseOpener databases, ChangeWatch changes, BlockStores blocks,
        Confirmations confirmations, FirstScanPace pace, Clock clock) {}
