package io.tokensync.writer.jdbc;

import io.tokensync.common.jdbc.SqlSettings;

class H2AccountWriterTest extends AccountWriterContract {
    @Override
    SqlSettings settings() {
        return H2BatchWriterTest.memory();
    }

    @Override
    int runs() {
        return 60;
    }
}
