package io.tokensync.monitor.table.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.table.Found;
import io.tokensync.monitor.table.Place;
import io.tokensync.monitor.table.Search;
import io.tokensync.monitor.table.TableException;
import io.tokensync.monitor.table.TokenTable;

/** The table in a database, asked over a few connections that only read. */
public final class TableDatabase implements TokenTable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TableDatabase.class);
    /** Longer than any of these statements takes on a table of millions of rows; shorter than a reader waits. */
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final String HISTORY = "TokenHistory";
    private static final String VERIFICATION = "vw_NodeVerification";

    private final ReadConnections connections;

    public TableDatabase(SqlSettings settings) {
        this.connections = new ReadConnections(settings, LONGEST);
    }

    @Override
    public Found search(Search search, Place after, int limit) throws TableException {
        return connections.ask(reader -> new TokenSearch(reader, search).page(after, limit));
    }

    @Override
    public Optional<TokenView> token(String tokenId) throws TableException {
        return connections.ask(reader -> new TokenQueries(reader, has(reader, HISTORY)).view(tokenId));
    }

    @Override
    public OwnerView owner(String did) throws TableException {
        Holdings now = connections.ask(reader -> new HoldingsQueries(reader, HoldingsQueries.COUNTED).of(did));
        try {
            return connections.ask(reader -> has(reader, HISTORY)
                    ? overTime(now, new OwnerHistory(reader).of(did))
                    : new OwnerView(now, Optional.empty(), true));
        } catch (TableException e) {
            log.atDebug().setMessage("an owner is shown without what was").setCause(e).log();
            return new OwnerView(now, Optional.empty(), false);
        }
    }

    private static OwnerView overTime(Holdings now, OwnerHistory.Changes changes) {
        return new OwnerView(now, Optional.of(changes.steps()), changes.whole());
    }

    @Override
    public Holdings node(Search.NodeName node) throws TableException {
        return connections.ask(reader -> new HoldingsQueries(reader, HoldingsQueries.COUNTED).of(node));
    }

    @Override
    public List<Map<String, Object>> verifications() throws TableException {
        return connections.ask(reader -> has(reader, VERIFICATION)
                ? reader.rows("SELECT v.source_ip, v.node_name, v.as_of, v.verified_at, v.started_by, v.outcome, "
                        + "v.previous_outcome, v.node_rows, v.table_rows, v.node_digest, v.table_digest, v.buckets, v.buckets_differing, "
                        + "v.rows_republished, v.rows_deleted, v.rows_deferred FROM dbo." + VERIFICATION + " AS v",
                        List.of())
                : List.<Map<String, Object>>of());
    }

    /** Whether a later version of the schema has made it; a login that may not read it does not see it. */
    private static boolean has(Reader reader, String name) throws SQLException {
        Object there = reader.rows(reader.dialect().existence(), List.of(name)).getFirst().get("there");
        return ((Number) there).longValue() > 0;
    }

    @Override
    public void close() {
        connections.close();
    }
}
