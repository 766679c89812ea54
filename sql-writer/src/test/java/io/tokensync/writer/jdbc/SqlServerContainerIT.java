package io.tokensync.writer.jdbc;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.containers.ContainerServer;
import io.tokensync.writer.containers.NeedsDocker;

/** The contract on Microsoft's own server. */
@NeedsDocker
class SqlServerContainerIT extends BatchWriterContract {
    @Override
    SqlSettings settings() {
        return ContainerServer.newDatabase();
    }

    @Override
    int runs() {
        return 20;
    }
}
