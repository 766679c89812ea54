package io.tokensync.enricher;

import java.util.List;

import io.tokensync.common.config.DeclaredKeys;
import io.tokensync.common.config.KeySection;
import io.tokensync.enricher.http.GatewaySettings;
import io.tokensync.enricher.http.KuboSettings;
import io.tokensync.enricher.retry.RetrySettings;

/** The keys of the enricher. */
public final class EnricherKeys implements DeclaredKeys {
    @Override
    public List<KeySection> sections() {
        return List.of(EnricherConfig.KEYS, ContentSettings.KEYS, KuboSettings.KEYS, GatewaySettings.KEYS,
                RetrySettings.KEYS);
    }
}
