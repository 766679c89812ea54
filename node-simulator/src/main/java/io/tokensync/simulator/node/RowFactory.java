package io.tokensync.simulator.node;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.LongFunction;

import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.TokenStatus;
import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.content.Mint;
import io.tokensync.simulator.content.Token;

/** Makes the rows of nodes. */
public final class RowFactory {
    private static final double ZERO_TIME = 0.02;
    private static final double NULL_TIME = 0.01;
    /** Nanoseconds are cut to so many digits, so that the texts have zeros to trim. */
    private static final int[] PRECISIONS = {1, 1, 1, 10, 100, 1_000, 1_000_000, 1_000_000_000};
    private static final int NANOS = 1_000_000_000;
    private static final long LONGEST_LIFE_SECONDS = 4_000_000;

    private final Catalog catalog;
    private final Mint mint;

    public RowFactory(Catalog catalog) {
        this.catalog = catalog;
        this.mint = catalog.mint();
    }

    /**
     * The row of a token of the plan.
     *
     * @param as the node's generation at the time; columns that came later are absent
     */
    public NodeRow row(NodeSpec node, Placed placed, SchemaGeneration as) {
        NodeSpec home = catalog.home(placed.index());
        return row(node, home, placed, as, catalog.flaw(placed.index(), home));
    }

    /** The row of a token that a node makes after the plan, with nothing wrong; it is free and its owner's. */
    public NodeRow newRow(NodeSpec node, Token token, String did, Instant when, SchemaGeneration as) {
        Draft draft = new Draft(token, 0, token::id);
        fill(draft, did, TokenStatus.FREE, as);
        if (draft.table.has(Field.TRANSACTION, as)) {
            draft.transaction = Cell.text("");
            draft.stateHash = Cell.text("");
        }
        if (draft.table.has(Field.CREATED, as)) {
            draft.created = Cell.of(GormTime.format(when, node.offset()), when);
            draft.updated = draft.created;
        }
        return draft.finish();
    }

    private NodeRow row(NodeSpec node, NodeSpec home, Placed placed, SchemaGeneration as, Flaw flaw) {
        long index = placed.index();
        Dice dice = catalog.dice(node, index);
        Draft draft = draft(catalog.token(index, home), index, number -> catalog.token(number, home).id());
        boolean split = TokenGroup.of(mint, index).isSplit(index);
        TokenStatus status = StatusMix.draw(dice, draft.token.kind(), placed, split, as);
        // The quorum keeps a token under the DID of the one who sent it.
        String did = placed.rank() > 1 ? catalog.did(home, index) : catalog.did(node, index);
        fill(draft, did, status, as);
        fillTransaction(draft, dice, status, as);
        fillTimes(draft, dice, node, as);
        flaw.spoil(draft);
        return draft.finish();
    }

    private static Draft draft(Token token, long index, LongFunction<String> ids) {
        long sibling = index - index % TokenGroup.SIZE;
        return new Draft(token, (int) (index % Integer.MAX_VALUE), () -> ids.apply(sibling));
    }

    private static void fill(Draft draft, String did, TokenStatus status, SchemaGeneration as) {
        draft.did = Cell.text(did);
        String code = status.code(NodeGeneration.SQLITE).orElseThrow();
        draft.status = Cell.of(Integer.valueOf(code), code);
        if (draft.table.has(Field.PARENT, as)) {
            draft.parent = Cell.text(draft.token.parent() == null ? "" : draft.token.parent());
        }
        if (draft.table.has(Field.VALUE, as)) {
            double value = draft.token.value();
            draft.value = Cell.of(value, BigDecimal.valueOf(value).toPlainString());
        }
    }

    /** A token that was never sent has empty texts, which older nodes cannot tell from NULL either. */
    private void fillTransaction(Draft draft, Dice dice, TokenStatus status, SchemaGeneration as) {
        if (!draft.table.has(Field.TRANSACTION, as)) {
            return;
        }
        boolean moved = status != TokenStatus.FREE || dice.chance(0.5);
        draft.transaction = Cell.text(moved ? mint.transactionId(dice) : "");
        draft.stateHash = Cell.text(moved ? mint.hashId("state", dice.below(Long.MAX_VALUE)) : "");
    }

    private static void fillTimes(Draft draft, Dice dice, NodeSpec node, SchemaGeneration as) {
        if (!draft.table.has(Field.CREATED, as)) {
            return;
        }
        Instant created = time(dice, Mint.EPOCH, Mint.SPAN_SECONDS - LONGEST_LIFE_SECONDS);
        draft.created = cell(dice, created, node);
        draft.updated = cell(dice, time(dice, created, LONGEST_LIFE_SECONDS), node);
    }

    private static Instant time(Dice dice, Instant from, long withinSeconds) {
        int precision = PRECISIONS[dice.below(PRECISIONS.length)];
        int nanos = dice.below(NANOS);
        return Instant.ofEpochSecond(from.getEpochSecond() + dice.below(withinSeconds), nanos - nanos % precision);
    }

    private static Cell<Instant> cell(Dice dice, Instant time, NodeSpec node) {
        double point = dice.fraction();
        if (point < ZERO_TIME) {
            return Cell.of(GormTime.ZERO, null);
        }
        return point < ZERO_TIME + NULL_TIME ? Cell.absent() : Cell.of(GormTime.format(time, node.offset()), time);
    }
}
