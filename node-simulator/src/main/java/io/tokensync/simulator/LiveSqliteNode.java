package io.tokensync.simulator;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.TokenStatus;
import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.content.Token;
import io.tokensync.simulator.node.Field;
import io.tokensync.simulator.node.GormTime;
import io.tokensync.simulator.node.NodeRow;
import io.tokensync.simulator.node.NodeSpec;
import io.tokensync.simulator.node.SchemaGeneration;
import io.tokensync.simulator.node.TokenTable;
import io.tokensync.simulator.repository.NodeRepository;
import io.tokensync.simulator.sqlite.NodeDatabase;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

/** A node with SQLite at work, with one connection to its database, opened with the first edit. */
final class LiveSqliteNode implements LiveNode {
    private final Fleet fleet;
    private final NodeSpec spec;
    private final List<TruthRow> rows;
    private Truth.Node truth;
    private SchemaGeneration generation;
    private NodeDatabase database;

    /**
     * @param rows rows of this node alone; changed by the edits
     */
    LiveSqliteNode(Fleet fleet, NodeSpec spec, Truth.Node truth, List<TruthRow> rows) {
        this.fleet = fleet;
        this.spec = spec.running();
        this.truth = truth;
        this.rows = rows;
        this.generation = SchemaGeneration.valueOf(truth.schema());
    }

    @Override
    public Truth.Node truth() {
        return truth;
    }

    @Override
    public List<TruthRow> rows() {
        return rows;
    }

    @Override
    public boolean move(Dice dice, Instant when) throws IOException {
        OptionalInt at = draw(dice, row -> true);
        if (at.isEmpty()) {
            return false;
        }
        TruthRow row = rows.get(at.getAsInt());
        Optional<TokenStatus> next = Lifecycle.next(table(row), row.tokenStatus(), dice);
        if (next.isEmpty()) {
            return false;
        }
        database().update(table(row), row.tokenId(), values(row, Field.STATUS, code(next.get()), when));
        database().commit();
        rows.set(at.getAsInt(), moved(row, next.get(), when));
        return true;
    }

    @Override
    public boolean touch(Dice dice, Instant when) throws IOException {
        OptionalInt at = draw(dice, row -> table(row).has(Field.TRANSACTION, generation));
        if (at.isEmpty()) {
            return false;
        }
        TruthRow row = rows.get(at.getAsInt());
        String transaction = fleet.mint().transactionId(dice);
        database().update(table(row), row.tokenId(), values(row, Field.TRANSACTION, transaction, when));
        database().commit();
        rows.set(at.getAsInt(), row.withTransaction(transaction, null, updated(row, when)));
        return true;
    }

    @Override
    public void mint(long index, Instant when) throws IOException {
        NodeRow row = insert(fleet.mint().whole(index), fleet.mint().did(spec.index(), 0), when);
        database().commit();
        rows.add(row.toTruth(spec));
    }

    @Override
    public boolean split(Dice dice, Instant when, LongSupplier indices) throws IOException {
        OptionalInt at = draw(dice, row -> row.tokenKind().equals("whole") && row.tokenStatus().equals("0"));
        if (at.isEmpty()) {
            return false;
        }
        TruthRow whole = rows.get(at.getAsInt());
        database().update(TokenTable.RBT, whole.tokenId(), values(whole, Field.STATUS, code(TokenStatus.BURNT), when));
        List<NodeRow> added = new ArrayList<>();
        for (BigDecimal value : LiveNode.parts(dice)) {
            added.add(insert(fleet.mint().part(indices.getAsLong(), whole.tokenId(), whole.did(), added.size() + 1,
                    value.doubleValue()), whole.did(), when));
        }
        database().commit();
        rows.set(at.getAsInt(), moved(whole, TokenStatus.BURNT, when));
        added.forEach(row -> rows.add(row.toTruth(spec)));
        return true;
    }

    @Override
    public boolean delete(Dice dice) throws IOException {
        OptionalInt at = draw(dice, row -> true);
        if (at.isEmpty()) {
            return false;
        }
        TruthRow row = rows.get(at.getAsInt());
        database().delete(table(row), row.tokenId());
        database().commit();
        rows.set(at.getAsInt(), rows.getLast());
        rows.removeLast();
        return true;
    }

    @Override
    public boolean upgrade() throws IOException {
        Optional<SchemaGeneration> next = generation.next();
        if (next.isEmpty()) {
            return false;
        }
        database().upgrade(next.get());
        database().commit();
        generation = next.get();
        truth = truth.withSchema(generation.name());
        return true;
    }

    /** Closes the database, and so forgets what is not committed; the next edit opens it again. */
    @Override
    public void close() throws IOException {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    private NodeDatabase database() throws IOException {
        if (database == null) {
            database = NodeDatabase.open(fleet.database(spec), generation, spec.journal());
            truth = truth.started();
        }
        return database;
    }

    /** The node adds the content first, then the row. */
    private NodeRow insert(Token token, String did, Instant when) throws IOException {
        NodeRepository.open(fleet.repository(spec), fleet.shard(spec)).put(token.cid(), token.block());
        NodeRow row = fleet.rows().newRow(spec, token, did, when, generation);
        database().insert(row);
        return row;
    }

    private Map<Field, Object> values(TruthRow row, Field field, Object value, Instant when) {
        Map<Field, Object> values = new EnumMap<>(Field.class);
        values.put(field, value);
        if (updated(row, when) != null) {
            values.put(Field.UPDATED, GormTime.format(when, spec.offset()));
        }
        return values;
    }

    private TruthRow moved(TruthRow row, TokenStatus status, Instant when) {
        return row.withStatus(Integer.toString(code(status)), status.text(), updated(row, when));
    }

    private static int code(TokenStatus status) {
        return Integer.parseInt(status.code(NodeGeneration.SQLITE).orElseThrow());
    }

    /** The time that the node writes with a change, if its table has one. */
    private Instant updated(TruthRow row, Instant when) {
        return table(row).has(Field.UPDATED, generation) ? when : null;
    }

    private OptionalInt draw(Dice dice, Predicate<TruthRow> wanted) {
        return LiveNode.draw(rows, dice, wanted);
    }

    private static TokenTable table(TruthRow row) {
        return TokenTable.named(row.table());
    }
}
