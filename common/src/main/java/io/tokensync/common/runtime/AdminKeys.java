package io.tokensync.common.runtime;

import java.util.List;

import io.tokensync.common.config.DeclaredKeys;
import io.tokensync.common.config.KeySection;

/** The keys of the admin endpoint. */
public final class AdminKeys implements DeclaredKeys {
    @Override
    public List<KeySection> sections() {
        return List.of(AdminSettings.KEYS);
    }
}
