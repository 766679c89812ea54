package io.tokensync.scanner.state;

import java.util.List;
import java.util.Optional;

import io.tokensync.scanner.report.Problem;

/**
 * The agent's state. One thread at a time. Every method, also of a {@link DatabaseStore}, may throw
 * {@link CorruptStateException} (start over without it) or {@link StateUnavailableException} (try again later).
 */
public interface StateStore extends AutoCloseable {

    /** The identity that all rows were published under; empty before the first scan cycle. */
    Optional<String> sourceIp();

    /** Sets the identity. Another one than before forgets every row: all are new under it. */
    void setSourceIp(String sourceIp);

    /** UUID that this state has had since it began: two agents, or an agent before and after a loss, have two. */
    String agentId();

    /** Everything up to this record version may have been handed out; 0 in the beginning. */
    long versionCeiling();

    /** Reserves record versions up to this one, or gives back those above it; on disk before it returns. */
    void reserveVersions(long ceiling);

    /** The database of this node, made when it is new. */
    DatabaseStore database(String nodeName, String path);

    /** All databases ever seen. */
    List<DatabaseStore> databases();

    /** Sets what stands in the way, for whoever asks; writes nothing when it is what it was. */
    void setProblems(List<Problem> problems);

    /** Whether anything asked of it has failed: it is then to be closed, and to be opened anew for the next scan. */
    boolean hasFailed();

    @Override
    void close();
}
