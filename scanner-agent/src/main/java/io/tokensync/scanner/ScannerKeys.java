package io.tokensync.scanner;

import java.util.List;

import io.tokensync.common.config.DeclaredKeys;
import io.tokensync.common.config.KeySection;
import io.tokensync.scanner.config.ContentConfig;
import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.publish.PublishConfig;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.scanner.state.sqlite.StateDirectory;

/** The keys of the scanner. */
public final class ScannerKeys implements DeclaredKeys {
    @Override
    public List<KeySection> sections() {
        return List.of(DiscoveryConfig.KEYS, ScannerConfig.KEYS, StateDirectory.KEYS, ContentConfig.KEYS,
                DeletionLimits.KEYS, ReadingConfig.KEYS, PublishConfig.KEYS);
    }
}
