package io.tokensync.simulator.node;

import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.content.Mint;

/**
 * Ten consecutive token indices, born on one node. The first is a whole token; in every fourth group it is burnt, and the
 * next ones are its parts.
 *
 * @param number index of its first token, divided by ten
 * @param parts how many of the members after the first are parts; 0 when the first was not split
 */
record TokenGroup(long number, int parts) {
    static final int SIZE = 10;

    private static final double SPLIT = 0.25;
    private static final int FEWEST = 2;
    private static final int MOST = 5;

    static TokenGroup of(Mint mint, long index) {
        long number = index / SIZE;
        Dice dice = mint.dice("group", number);
        return new TokenGroup(number, dice.chance(SPLIT) ? dice.between(FEWEST, MOST) : 0);
    }

    long first() {
        return number * SIZE;
    }

    boolean isSplit(long index) {
        return index == first() && parts > 0;
    }

    boolean isPart(long index) {
        return index > first() && index <= first() + parts;
    }
}
