package io.tokensync.writer;

import java.util.List;

import io.tokensync.common.config.DeclaredKeys;
import io.tokensync.common.config.KeySection;
import io.tokensync.writer.jdbc.SqlErrorOverrides;

/** The keys of the writer. */
public final class WriterKeys implements DeclaredKeys {
    @Override
    public List<KeySection> sections() {
        return List.of(WriterConfig.KEYS, SqlErrorOverrides.KEYS);
    }
}
