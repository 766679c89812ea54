package io.tokensync.scanner;

import java.nio.file.Path;
import java.time.Clock;

import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.sqlite.DatabaseProblemException;
import io.tokensync.scanner.sqlite.TokenReader;
import io.tokensync.scanner.state.ScannerState;
import io.tokensync.scanner.state.VersionClock;

/** What a pass works with. */
record ScanTools(ScannerConfig config, TokenPublisher publisher, ScannerState state, VersionClock versions, Clock clock,
        Sleeper sleeper) {

    TokenReader open(Path file) throws DatabaseProblemException, InterruptedException {
        return TokenReader.open(file, config.reading(), sleeper);
    }
}
