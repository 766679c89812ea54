package io.tokensync.simulator.postgres;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.common.model.TokenKind;
import io.tokensync.simulator.chain.NodeKeys;
import io.tokensync.simulator.chain.V1Transaction;
import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.content.Mint;

/** Makes the rows of one node. The same seed gives the same ones. */
public final class V1Rows {
    /** Rows that one transaction has brought; whole groups. */
    public static final int BLOCK = 100;
    private static final int GROUP = 10;
    private static final double SPLIT = 0.25;
    private static final int FEWEST_PARTS = 2;
    private static final int MOST_PARTS = 5;
    private static final double FUNGIBLE = 0.09;
    private static final double OTHER = 0.015;
    private static final double STILL_FREE = 0.8;
    private static final int THOUSANDTHS = 1000;
    /** Percentages of whole tokens; what is left of a hundred is one of the rare ones. */
    private static final int FREE = 72;
    private static final int TRANSFERRED = 86;
    private static final int PLEDGED = 91;
    private static final int LOCKED = 94;
    private static final List<V1Status> RARE = List.of(V1Status.SEED, V1Status.FETCHED, V1Status.COMMITTED,
            V1Status.QUORUM_PLEDGED, V1Status.BURNT_FOR_FT, V1Status.PINNED_AS_SERVICE, V1Status.ORPHANED,
            V1Status.CHAIN_SYNC_ISSUE, V1Status.DOUBLE_SPENT);
    private static final List<V1Status> CONTRACT = List.of(V1Status.GENERATED, V1Status.DEPLOYED, V1Status.EXECUTED,
            V1Status.FETCHED);

    private final Mint mint;
    private final V1Node node;
    private final NodeKeys keys;
    private final boolean flawed;

    /**
     * @param flawed whether rows may be wrong
     */
    public V1Rows(Mint mint, V1Node node, NodeKeys keys, boolean flawed) {
        this.mint = mint;
        this.node = node;
        this.keys = keys;
        this.flawed = flawed;
    }

    /**
     * Rows that the node has from the beginning, which one transaction has brought: {@value #BLOCK}, or what is left of them.
     * Ten rows in a row are a group: in every fourth one the first token is burnt, and the next ones are its parts.
     *
     * @param first index of the node's first token
     * @param from number of the block's first row, from 0, a multiple of {@value #BLOCK}; rows before it must be in the table
     * @param count rows of the node
     */
    public List<V1Row> block(long first, long from, long count) {
        List<V1Block.Planned> planned = new ArrayList<>();
        for (long number = from; number < Math.min(count, from + BLOCK); number++) {
            planned.add(plan(first, number));
        }
        return new V1Block(node, keys, from / BLOCK, mint.dice("v1-block", first + from), planned).rows();
    }

    /** A free token that a transaction has brought to the node. */
    public V1Row newRow(V1Token token, String did, V1Transaction transaction) {
        V1Draft draft = new V1Draft(token, node, did, V1Status.FREE);
        draft.times(transaction.when(), transaction.when());
        return draft.finish(List.of(new V1Step(transaction, V1Role.MINT)));
    }

    private V1Block.Planned plan(long first, long number) {
        long group = first + number - number % GROUP;
        int member = (int) (number % GROUP);
        Dice dice = mint.dice("v1", first + number);
        int parts = parts(group);
        V1Token token = token(group, member, parts, dice);
        V1Status status = member == 0 && parts > 0 ? V1Status.BURNT : status(token.kind(), dice);
        V1Flaw flaw = V1Flaw.NONE;
        if (flawed && member > MOST_PARTS) {
            int independent = GROUP - MOST_PARTS - 1;
            flaw = V1Flaw.at(number / GROUP * independent + member - MOST_PARTS - 1, dice, node.schema());
        }
        return new V1Block.Planned(token, status, flaw, dice);
    }

    private int parts(long group) {
        Dice dice = mint.dice("v1-group", group);
        return dice.chance(SPLIT) ? dice.between(FEWEST_PARTS, MOST_PARTS) : 0;
    }

    private V1Token token(long group, int member, int parts, Dice dice) {
        V1Token first = V1Token.whole(mint, node.network(), group);
        if (member == 0) {
            return first;
        }
        if (member <= parts) {
            int equal = THOUSANDTHS / parts;
            int share = member == parts ? THOUSANDTHS - equal * (parts - 1) : equal;
            return V1Token.part(first.id(), member, BigDecimal.valueOf(share, 3));
        }
        long index = group + member;
        String did = keys.own(index).did();
        double point = dice.fraction();
        if (point < FUNGIBLE) {
            return V1Token.fungible(mint, index, did);
        }
        if (point < FUNGIBLE + OTHER) {
            return V1Token.ofFile(mint.nft(index, did));
        }
        return point < FUNGIBLE + 2 * OTHER
                ? V1Token.ofFile(mint.contract(index, did))
                : V1Token.whole(mint, node.network(), index);
    }

    private static V1Status status(TokenKind kind, Dice dice) {
        return switch (kind) {
            case WHOLE -> whole(dice.below(100), dice);
            case CONTRACT -> dice.pick(CONTRACT);
            default -> dice.chance(STILL_FREE) ? V1Status.FREE : V1Status.TRANSFERRED;
        };
    }

    private static V1Status whole(int percent, Dice dice) {
        if (percent < FREE) {
            return V1Status.FREE;
        }
        if (percent < TRANSFERRED) {
            return V1Status.TRANSFERRED;
        }
        if (percent < PLEDGED) {
            return V1Status.PLEDGED;
        }
        return percent < LOCKED ? V1Status.LOCKED : dice.pick(RARE);
    }
}
