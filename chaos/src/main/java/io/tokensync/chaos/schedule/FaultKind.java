package io.tokensync.chaos.schedule;

import java.time.Duration;

/** What can go wrong. */
public enum FaultKind {
    AGENT_KILLED("an agent is killed and started again", 0, 15),
    ENRICHER_KILLED("an enricher is killed and started again", 0, 15),
    WRITER_KILLED("a writer is killed and started again", 0, 15),
    MONITOR_KILLED("a monitor is killed and started again", 0, 15),
    BROKER_KILLED("a broker is killed and started again", 2, 15),
    STAGE_STOPPED_SHORTLY("a stage is stopped (SIGSTOP) for less than the session timeout", 2, 6),
    STAGE_STOPPED_LONG("a stage is stopped (SIGSTOP) for longer than session and transaction timeouts", 35, 50),
    BROKER_STOPPED("a broker is stopped (SIGSTOP)", 5, 25),
    QUORUM_LOST("two of three brokers are killed", 5, 20),
    ALL_BROKERS_DEAD("all brokers are killed", 5, 20),
    BROKER_CUT("connections to a broker are reset and rejected", 5, 20),
    BROKER_SILENT("a broker's connections stay open and carry nothing", 5, 25),
    CLIENTS_CUT("no client reaches any broker", 5, 20),
    BROKERS_SLOW("all brokers answer late", 10, 30),
    DATABASE_AWAY("the database's connections are reset and rejected", 5, 25),
    DATABASE_SILENT("the database's connections stay open and carry nothing", 5, 25),
    DATABASE_SLOW("the database answers late", 10, 30),
    DATABASE_THROTTLED("the database answers 40501 and closes the connection", 5, 20),
    DATABASE_FAILING_OVER("the database ends all sessions and rejects logins by 40613", 5, 20),
    COMMIT_UNANSWERED("the database commits and loses the answers", 2, 8),
    NODE_DATABASE_KILLED("the PostgreSQL of the nodes of v1 is killed and started again", 2, 20),
    NODE_DATABASE_LOCKED("a node of v1 holds its table of tokens for itself", 5, 20),
    CLOCK_STEPPED("the clock of a stage jumps and comes back", 5, 20),
    STATE_DISK_FULL("the disk under an agent's state is full", 5, 20);

    private final String description;
    private final int shortest;
    private final int longest;

    FaultKind(String description, int shortestSeconds, int longestSeconds) {
        this.description = description;
        this.shortest = shortestSeconds;
        this.longest = longestSeconds;
    }

    /** One sentence for people. */
    public String description() {
        return description;
    }

    Duration shortest() {
        return Duration.ofSeconds(shortest);
    }

    Duration longest() {
        return Duration.ofSeconds(longest);
    }
}
