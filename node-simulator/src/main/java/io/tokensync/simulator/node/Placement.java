package io.tokensync.simulator.node;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.tokensync.common.model.TokenKind;
import io.tokensync.simulator.content.Dice;

/** Which tokens each node holds, in the order in which its rows are inserted. */
public final class Placement {
    private static final double COPIED = 0.075;
    private static final double ONE_MORE = 0.4;
    private static final int MOST_COPIES = 6;

    private final Catalog catalog;
    private final List<NodeSpec> nodes;
    private final List<LongStream.Builder> held = new ArrayList<>();
    private long rows;
    private long nextToken;

    private Placement(Catalog catalog, List<NodeSpec> nodes) {
        this.catalog = catalog;
        this.nodes = nodes;
        nodes.forEach(_ -> held.add(LongStream.builder()));
    }

    /** Spreads as many rows over the nodes as there are to be, all tables and all copies counted. */
    public static Placement of(Catalog catalog, List<NodeSpec> nodes, long rows) {
        Placement placement = new Placement(catalog, List.copyOf(nodes));
        while (placement.rows < rows) {
            placement.place(rows);
        }
        return placement;
    }

    /** The tokens of one node; to be asked for once. */
    public Stream<Placed> on(NodeSpec node) {
        return held.get(node.index()).build().mapToObj(Placed::unpack);
    }

    /** First token index that no node holds. */
    public long nextToken() {
        return nextToken;
    }

    private void place(long limit) {
        long index = nextToken++;
        NodeSpec home = catalog.home(index);
        List<NodeSpec> others = rows + 1 < limit ? others(index, home) : List.of();
        int copies = (int) Math.min(others.size(), limit - rows - 1);
        add(home, new Placed(index, 0, copies > 0));
        for (int rank = 1; rank <= copies; rank++) {
            add(others.get(rank - 1), new Placed(index, rank, true));
        }
    }

    private void add(NodeSpec node, Placed placed) {
        held.get(node.index()).add(placed.pack());
        rows++;
    }

    /** The further nodes that hold a token: the receiver, then those of the quorum. */
    private List<NodeSpec> others(long index, NodeSpec home) {
        Dice dice = catalog.mint().dice("copies", index);
        if (!dice.chance(COPIED) || !canMove(index, home)) {
            return List.of();
        }
        int wanted = 1;
        while (wanted < MOST_COPIES && dice.chance(ONE_MORE)) {
            wanted++;
        }
        TokenTable table = TokenTable.of(catalog.kind(index, home));
        return draw(dice, Math.min(wanted, nodes.size())).stream().map(nodes::get)
                .filter(other -> !other.equals(home) && table.isMadeBy(other.bornAs())).toList();
    }

    private boolean canMove(long index, NodeSpec home) {
        TokenKind kind = catalog.kind(index, home);
        boolean moves = kind == TokenKind.WHOLE || kind == TokenKind.PART || kind == TokenKind.FT;
        return moves && !TokenGroup.of(catalog.mint(), index).isSplit(index) && catalog.flaw(index, home).isShared();
    }

    /** Different node numbers, in random order. */
    private List<Integer> draw(Dice dice, int count) {
        List<Integer> drawn = new ArrayList<>();
        while (drawn.size() < count) {
            int node = dice.below(nodes.size());
            if (!drawn.contains(node)) {
                drawn.add(node);
            }
        }
        return drawn;
    }
}
