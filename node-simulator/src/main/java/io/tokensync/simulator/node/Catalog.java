package io.tokensync.simulator.node;

import java.util.List;

import io.tokensync.common.model.TokenKind;
import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.content.Mint;
import io.tokensync.simulator.content.Token;

/**
 * All tokens there could be, by index: where each is born, what it is, whose it is and what is wrong with it. A pure
 * function of the plan, so that a node can be made without the others.
 */
public final class Catalog {
    private static final double SIZE_DEVIATION = 0.7;
    private static final int MOST_DIDS = 5;
    private static final double FUNGIBLE = 0.09;
    private static final double OTHER = 0.015;
    private static final double TEST = 0.02;
    private static final long FRACTIONS = 1000;
    private static final long MOST_WEIGHT = 9;

    private final Mint mint;
    private final List<NodeSpec> nodes;
    private final double missingContent;
    private final boolean flawed;
    /** Share of the tokens born on the nodes up to each. */
    private final double[] shares;

    /**
     * @param nodes on which tokens are born; not empty
     * @param missingContent share of the tokens whose block is nowhere, from 0 to 1
     * @param flawed whether anything else may be wrong
     */
    public Catalog(Mint mint, List<NodeSpec> nodes, double missingContent, boolean flawed) {
        this.mint = mint;
        this.nodes = List.copyOf(nodes);
        this.missingContent = missingContent;
        this.flawed = flawed;
        this.shares = shares(mint, nodes.size());
    }

    Mint mint() {
        return mint;
    }

    /** The node on which a token is born. The first groups go round, so that every node has tokens if there are enough. */
    NodeSpec home(long index) {
        long group = index / TokenGroup.SIZE;
        if (group < nodes.size()) {
            return nodes.get((int) group);
        }
        double point = mint.dice("home", group).fraction();
        int node = 0;
        while (node < shares.length - 1 && point >= shares[node]) {
            node++;
        }
        return nodes.get(node);
    }

    Flaw flaw(long index, NodeSpec home) {
        Flaw flaw = flawed ? Flaw.certain(index) : Flaw.NONE;
        if (flaw == Flaw.NONE) {
            double point = mint.dice("flaw", index).fraction();
            flaw = flawed ? Flaw.at(point, missingContent) : point < missingContent ? Flaw.MISSING_BLOCK : Flaw.NONE;
        }
        return flaw.fits(TokenTable.of(kind(index, home)), home.bornAs()) ? flaw : Flaw.NONE;
    }

    TokenKind kind(long index, NodeSpec home) {
        TokenGroup group = TokenGroup.of(mint, index);
        if (group.isPart(index)) {
            return TokenKind.PART;
        }
        if (index == group.first() || (flawed && Flaw.certain(index) != Flaw.NONE)) {
            return TokenKind.WHOLE;
        }
        TokenKind kind = draw(mint.dice("kind", index).fraction());
        return TokenTable.of(kind).isMadeBy(home.bornAs()) ? kind : TokenKind.WHOLE;
    }

    /** The token with this index when it is born on this node. */
    Token token(long index, NodeSpec home) {
        String owner = did(home, index);
        return switch (kind(index, home)) {
            case WHOLE -> whole(index);
            case PART -> part(index, owner);
            case FT -> mint.fungible(index, owner);
            case NFT -> mint.nft(index, owner);
            case CONTRACT -> mint.contract(index, owner);
            case DATA -> mint.data(index, owner);
        };
    }

    /** The DID of a node that holds the token with this index there. */
    String did(NodeSpec node, long index) {
        int dids = dids(node);
        return mint.did(node.index(), mint.dice("owner", node.index(), index).below(dids));
    }

    /** Dice for one row of one node. */
    Dice dice(NodeSpec node, long index) {
        return mint.dice("row", node.index(), index);
    }

    /** How many DIDs a node has. */
    int dids(NodeSpec node) {
        return mint.dice("dids", node.index()).between(1, MOST_DIDS);
    }

    private Token whole(long index) {
        boolean test = index % TokenGroup.SIZE != 0 && mint.dice("test", index).chance(TEST);
        return test ? mint.test(index) : mint.whole(index);
    }

    private Token part(long index, String owner) {
        TokenGroup group = TokenGroup.of(mint, index);
        int number = (int) (index - group.first());
        return mint.part(index, mint.whole(group.first()).id(), owner, number, share(group, number));
    }

    /** What the part of this number, from 1, is worth: all parts of a token together are worth the token. */
    private double share(TokenGroup group, int number) {
        long before = 0;
        long total = 0;
        long own = 0;
        for (int part = 1; part <= group.parts(); part++) {
            long weight = 1 + mint.dice("value", group.first() + part).below(MOST_WEIGHT);
            before += part < number ? weight : 0;
            own = part == number ? weight : own;
            total += weight;
        }
        long thousandths = FRACTIONS * (before + own) / total - FRACTIONS * before / total;
        return (double) thousandths / FRACTIONS;
    }

    private static TokenKind draw(double point) {
        if (point < FUNGIBLE) {
            return TokenKind.FT;
        }
        List<TokenKind> others = List.of(TokenKind.NFT, TokenKind.CONTRACT, TokenKind.DATA);
        int other = (int) ((point - FUNGIBLE) / OTHER);
        return other < others.size() ? others.get(other) : TokenKind.WHOLE;
    }

    private static double[] shares(Mint mint, int nodes) {
        double[] sums = new double[nodes];
        double sum = 0;
        for (int i = 0; i < nodes; i++) {
            sum += Math.exp(SIZE_DEVIATION * mint.dice("size", i).gaussian());
            sums[i] = sum;
        }
        for (int i = 0; i < nodes; i++) {
            sums[i] /= sum;
        }
        return sums;
    }
}
