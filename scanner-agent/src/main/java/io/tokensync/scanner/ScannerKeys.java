package io.tokensync.scanner;

import java.util.List;

import io.tokensync.common.config.DeclaredKeys;
import io.tokensync.common.config.KeySection;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.publish.PublishConfig;
import io.tokensync.scanner.sqlite.ReadingConfig;
import io.tokensync.scanner.state.sqlite.StateDirectory;

/** The keys of the scanner. */
public final class ScannerKeys implements DeclaredKeys {
    @Override
    public List<KeySection> sections() {
        return List.of(DiscoveryConfig.KEYS, ScannerConfig.KEYS, StateDirectory.KEYS, ContentConfig.KEYS,
                DeleteGuard.KEYS, ReadingConfig.KEYS, PublishConfig.KEYS);
    }
}
