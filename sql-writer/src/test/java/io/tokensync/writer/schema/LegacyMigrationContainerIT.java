package io.tokensync.writer.schema;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.containers.ContainerServer;
import io.tokensync.writer.containers.NeedsDocker;

/** The contract on Microsoft's own server. */
@NeedsDocker
class LegacyMigrationContainerIT extends LegacyMigrationContract {
    @Override
    SqlSettings settings() {
        return ContainerServer.newDatabase();
    }
}
