package io.tokensync.common.session;

import java.time.Instant;
import java.util.Objects;

/**
 * The latest that was heard of an agent; also of passes that found nothing new and are not kept as sessions.
 *
 * @param sourceIp its machine
 * @param seenAt its last receipt
 * @param passedAt the end of its last pass; null before the first
 * @param databases how many databases it found last
 */
public record AgentSeen(String sourceIp, Instant seenAt, Instant passedAt, int databases) implements Account {
    public AgentSeen {
        Objects.requireNonNull(sourceIp, "source_ip");
        Objects.requireNonNull(seenAt, "seen_at");
    }

    @Override
    public String key() {
        return "agent|" + sourceIp;
    }
}
