package io.tokensync.simulator;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.ValidationCode;
import io.tokensync.ipfs.IpfsRepository;
import io.tokensync.simulator.chain.ChainToken;
import io.tokensync.simulator.chain.NodeKeys;
import io.tokensync.simulator.chain.SigningKey;
import io.tokensync.simulator.chain.V1Chain;
import io.tokensync.simulator.chain.V1Transaction;
import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.content.Token;
import io.tokensync.simulator.postgres.V1Config;
import io.tokensync.simulator.postgres.V1Database;
import io.tokensync.simulator.postgres.V1Node;
import io.tokensync.simulator.postgres.V1Role;
import io.tokensync.simulator.postgres.V1Row;
import io.tokensync.simulator.postgres.V1Rows;
import io.tokensync.simulator.postgres.V1Status;
import io.tokensync.simulator.postgres.V1Step;
import io.tokensync.simulator.postgres.V1Token;
import io.tokensync.simulator.repository.NodeRepository;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

/** A node of Rubix v1 at work, with one connection to its database, opened with the first edit. */
final class LiveV1Node implements LiveNode {
    private final Fleet fleet;
    private final V1Node node;
    private final NodeKeys keys;
    private final V1Chain chain;
    private final V1Rows factory;
    private final List<TruthRow> rows;
    private final Truth.Node truth;
    private V1Database database;

    /**
     * @param index among the nodes of v1
     * @param rows rows of this node alone; changed by the edits
     */
    LiveV1Node(Fleet fleet, int index, Truth.Node truth, List<TruthRow> rows) throws IOException {
        this.fleet = fleet;
        this.truth = truth;
        this.rows = rows;
        this.node = V1Node.at(index, fleet.machines(),
                V1Config.read(fleet.plan().out().resolve(truth.dbPath())).network());
        this.keys = node.keys(fleet.mint());
        this.chain = node.chain(keys);
        this.factory = new V1Rows(fleet.mint(), node, keys, false);
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
        OptionalInt at = LiveNode.draw(rows, dice, row -> true);
        if (at.isEmpty()) {
            return false;
        }
        TruthRow row = rows.get(at.getAsInt());
        V1Status now = status(row);
        Optional<V1Status> next = V1Lifecycle.next(row.tokenKind(), now, dice);
        if (next.isEmpty()) {
            return false;
        }
        Optional<V1Role> role = V1Lifecycle.role(now, next.get());
        if (role.isPresent()) {
            apply(at.getAsInt(), next.get(), role.get(), dice, when);
        } else {
            database().setStatus(row.tokenId(), next.get());
            database().commit();
            rows.set(at.getAsInt(), row.withStatus(code(next.get()), next.get().text(), null));
        }
        return true;
    }

    @Override
    public boolean touch(Dice dice, Instant when) throws IOException {
        OptionalInt at = LiveNode.draw(rows, dice, row -> row.transactionId() != null);
        if (at.isPresent()) {
            apply(at.getAsInt(), status(rows.get(at.getAsInt())), V1Role.TRANSFER, dice, when);
        }
        return at.isPresent();
    }

    @Override
    public void mint(long index, Instant when) throws IOException {
        V1Token token = V1Token.whole(fleet.mint(), node.network(), index);
        String did = keys.own(0).did();
        V1Transaction made = chain.transaction(
                new V1Chain.Deed(keys.own(0), did, micros(when), List.of(token.inChain(""))),
                fleet.mint().dice("v1-mint", index));
        V1Row row = insert(token, did, made);
        database().commit();
        rows.add(row.truth());
    }

    @Override
    public boolean split(Dice dice, Instant when, LongSupplier indices) throws IOException {
        String free = code(V1Status.FREE);
        OptionalInt at = LiveNode.draw(rows, dice,
                row -> row.tokenKind().equals("whole") && row.tokenStatus().equals(free));
        if (at.isEmpty()) {
            return false;
        }
        TruthRow whole = rows.get(at.getAsInt());
        List<V1Token> parts = new ArrayList<>();
        for (BigDecimal value : LiveNode.parts(dice)) {
            parts.add(V1Token.part(whole.tokenId(), parts.size() + 1, value));
        }
        List<ChainToken> tokens = new ArrayList<>(List.of(inChain(whole)));
        parts.forEach(part -> tokens.add(part.inChain("")));
        String did = whole.did() == null ? keys.own(0).did() : whole.did();
        V1Transaction burn = transaction(whole, did, tokens, dice, when);
        database().apply(whole.tokenId(), V1Status.BURNT, did, new V1Step(burn, V1Role.BURN));
        List<TruthRow> added = new ArrayList<>();
        for (V1Token part : parts) {
            added.add(insert(part, did, burn).truth());
        }
        database().commit();
        rows.set(at.getAsInt(), changed(whole, V1Status.BURNT, did, burn));
        rows.addAll(added);
        return true;
    }

    /** Rather a burnt token than another. Its parts stay, and the database itself takes their parent from them. */
    @Override
    public boolean delete(Dice dice) throws IOException {
        String burnt = code(V1Status.BURNT);
        OptionalInt at = LiveNode.draw(rows, dice, row -> row.tokenStatus().equals(burnt));
        if (at.isEmpty()) {
            at = LiveNode.draw(rows, dice, row -> true);
        }
        if (at.isEmpty()) {
            return false;
        }
        String id = rows.get(at.getAsInt()).tokenId();
        database().delete(id);
        database().commit();
        rows.set(at.getAsInt(), rows.getLast());
        rows.removeLast();
        rows.replaceAll(row -> id.equals(row.parentTokenId()) ? row.withoutParent() : row);
        return true;
    }

    @Override
    public boolean upgrade() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    private void apply(int at, V1Status status, V1Role role, Dice dice, Instant when) throws IOException {
        TruthRow row = rows.get(at);
        String did = status == V1Status.TRANSFERRED
                ? keys.stranger(dice.below(Integer.MAX_VALUE)).did()
                : keys.own(dice.below(Integer.MAX_VALUE)).did();
        V1Transaction transaction = transaction(row, role == V1Role.DEPLOY ? "" : did, List.of(inChain(row)), dice,
                when);
        database().apply(row.tokenId(), status, did, new V1Step(transaction, role));
        database().commit();
        rows.set(at, changed(row, status, did, transaction));
    }

    private TruthRow changed(TruthRow row, V1Status status, String did, V1Transaction transaction) {
        Instant updated = node.schema().hasTimes() ? transaction.when() : null;
        TruthRow changed = row.withStatus(code(status), status.text(), updated).withOwner(did);
        return node.schema().hasTransactions()
                ? changed.withTransaction(transaction.id(), transaction.truth(), updated)
                : changed;
    }

    /** By who has the token, or by the node where that is nobody. */
    private V1Transaction transaction(TruthRow row, String owner, List<ChainToken> tokens, Dice dice, Instant when) {
        SigningKey initiator = keys.find(row.did()).orElse(keys.own(0));
        return chain.transaction(new V1Chain.Deed(initiator, owner, micros(when), tokens), dice);
    }

    private static ChainToken inChain(TruthRow row) {
        boolean finite = !row.validationCodes().contains(ValidationCode.TOKEN_VALUE_MALFORMED.code());
        return new ChainToken(row.tokenId(), TokenKind.of(row.tokenKind()).orElseThrow(),
                finite ? new BigDecimal(row.tokenValue()) : BigDecimal.ZERO,
                row.transactionId() == null ? "" : row.transactionId());
    }

    private V1Row insert(V1Token token, String did, V1Transaction transaction) throws IOException {
        NodeRepository repository = NodeRepository.open(
                fleet.plan().out().resolve(node.directory()).resolve(IpfsRepository.DIRECTORY), V1Node.SHARD);
        for (Token file : token.files()) {
            repository.put(file.cid(), file.block());
        }
        V1Row row = factory.newRow(token, did, transaction);
        database().insert(row);
        return row;
    }

    private V1Database database() throws IOException {
        if (database == null) {
            database = V1Database.open(V1Config.read(fleet.plan().out().resolve(truth.dbPath())), node.schema());
        }
        return database;
    }

    private V1Status status(TruthRow row) {
        return node.schema().status(row.tokenStatus()).orElseThrow();
    }

    private String code(V1Status status) {
        return Integer.toString(node.schema().code(status));
    }

    /** What PostgreSQL keeps of a time. */
    private static Instant micros(Instant when) {
        return when.truncatedTo(ChronoUnit.MICROS);
    }
}
