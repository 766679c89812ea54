package io.tokensync.chaos.fault;

import io.tokensync.chaos.cluster.Nodes;
import io.tokensync.chaos.jdbc.HeldTable;
import io.tokensync.chaos.schedule.PlannedFault;
import io.tokensync.testkit.postgres.PostgresServer;

/** What goes wrong with the databases of the nodes of v1. The nodes change nothing meanwhile. */
final class NodeDatabaseFaults {
    private final Nodes nodes;
    private final PostgresServer server;

    NodeDatabaseFaults(Nodes nodes) {
        this.nodes = nodes;
        this.server = nodes.postgres().orElseThrow();
    }

    Fault of(PlannedFault planned) {
        return switch (planned.kind()) {
            case NODE_DATABASE_KILLED -> still("PostgreSQL", server::kill, server::restart);
            case NODE_DATABASE_LOCKED -> locked(planned);
            default -> throw new IllegalArgumentException("no fault of nodes' databases: " + planned.kind());
        };
    }

    private Fault locked(PlannedFault planned) {
        HeldTable table = new HeldTable(server, planned.target(nodes.databases()));
        return still(table.database(), table::hold, table::release);
    }

    private Fault still(String subject, Runnable begin, Runnable end) {
        return new Fault(subject, () -> {
            nodes.holdStill();
            begin.run();
        }, () -> {
            end.run();
            nodes.goOn();
        });
    }
}
