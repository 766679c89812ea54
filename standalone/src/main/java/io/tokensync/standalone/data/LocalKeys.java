package io.tokensync.standalone.data;

import java.util.List;

import io.tokensync.common.config.DeclaredKeys;
import io.tokensync.common.config.KeySection;

/** The keys of local besides those of the stages. */
public final class LocalKeys implements DeclaredKeys {
    @Override
    public List<KeySection> sections() {
        return List.of(LocalFile.KEYS);
    }
}
