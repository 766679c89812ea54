package io.tokensync.simulator.node;

import java.util.List;

import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenStatus;
import io.tokensync.simulator.content.Dice;

/** Which status the rows of a node have. */
final class StatusMix {
    private static final double PENDING = 0.1;
    /** Senders that still list what they have sent as free: what auditors look for, and what a fleet really has some of. */
    private static final double STILL_FREE = 0.02;
    private static final List<TokenStatus> CONTRACT = List.of(TokenStatus.GENERATED, TokenStatus.DEPLOYED,
            TokenStatus.FETCHED, TokenStatus.EXECUTED);
    private static final List<TokenStatus> RARE = List.of(TokenStatus.UNPLEDGED, TokenStatus.COMMITTED,
            TokenStatus.ORPHANED, TokenStatus.CHAIN_SYNC_ISSUE, TokenStatus.PLEDGE_ISSUE, TokenStatus.DOUBLE_SPENT,
            TokenStatus.PENDING, TokenStatus.QUORUM_PLEDGED);

    private StatusMix() {}

    static TokenStatus draw(Dice dice, TokenKind kind, Placed placed, boolean split, SchemaGeneration as) {
        if (split) {
            return TokenStatus.BURNT;
        }
        if (placed.copied()) {
            return copied(dice, placed.rank(), as);
        }
        return switch (kind) {
            case WHOLE -> known(whole(dice), as);
            case PART, FT -> dice.chance(0.8) ? TokenStatus.FREE : TokenStatus.TRANSFERRED;
            case NFT -> dice.chance(0.7) ? TokenStatus.FREE : TokenStatus.TRANSFERRED;
            case CONTRACT -> dice.pick(CONTRACT);
            case DATA -> dice.chance(0.5) ? TokenStatus.FREE : TokenStatus.COMMITTED;
        };
    }

    /** One token on several nodes: the sender keeps its row, and so does the quorum. */
    private static TokenStatus copied(Dice dice, int rank, SchemaGeneration as) {
        return switch (rank) {
            case 0 -> dice.chance(STILL_FREE) ? TokenStatus.FREE : TokenStatus.TRANSFERRED;
            case 1 -> as == SchemaGeneration.G4 && dice.chance(PENDING) ? TokenStatus.PENDING : TokenStatus.FREE;
            default -> as.atLeast(SchemaGeneration.G3) ? TokenStatus.QUORUM_PLEDGED : TokenStatus.BURNT;
        };
    }

    private static TokenStatus whole(Dice dice) {
        int percent = dice.below(100);
        if (percent < 72) {
            return TokenStatus.FREE;
        }
        if (percent < 86) {
            return TokenStatus.TRANSFERRED;
        }
        if (percent < 91) {
            return TokenStatus.PLEDGED;
        }
        if (percent < 94) {
            return TokenStatus.BURNT;
        }
        if (percent < 96) {
            return TokenStatus.LOCKED;
        }
        if (percent == 96) {
            return TokenStatus.BURNT_FOR_FT;
        }
        return percent == 97 ? TokenStatus.PINNED_AS_SERVICE : dice.pick(RARE);
    }

    /** A status that came with a later node is free on an earlier one. */
    private static TokenStatus known(TokenStatus status, SchemaGeneration as) {
        SchemaGeneration since = switch (status) {
            case PENDING -> SchemaGeneration.G4;
            case QUORUM_PLEDGED -> SchemaGeneration.G3;
            case PINNED_AS_SERVICE, BURNT_FOR_FT -> SchemaGeneration.G1;
            default -> SchemaGeneration.G0;
        };
        return as.atLeast(since) ? status : TokenStatus.FREE;
    }
}
