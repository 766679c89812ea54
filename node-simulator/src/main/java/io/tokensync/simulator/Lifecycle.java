package io.tokensync.simulator;

import java.util.List;
import java.util.Optional;

import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.TokenStatus;
import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.node.TokenTable;

/** Where the life of a token goes from a status. */
final class Lifecycle {
    private Lifecycle() {}

    /** The next status; empty where a life ends, or where the code is not known. */
    static Optional<TokenStatus> next(TokenTable table, String status, Dice dice) {
        return TokenStatus.of(NodeGeneration.SQLITE, status).flatMap(now -> {
            List<TokenStatus> choices = choices(table, now);
            return choices.isEmpty() ? Optional.empty() : Optional.of(dice.pick(choices));
        });
    }

    private static List<TokenStatus> choices(TokenTable table, TokenStatus now) {
        return switch (table) {
            case RBT -> rbt(now);
            case FT, NFT -> now == TokenStatus.FREE ? List.of(TokenStatus.TRANSFERRED) : back(now);
            case CONTRACT -> contract(now);
            case DATA -> now == TokenStatus.FREE ? List.of(TokenStatus.COMMITTED) : List.of();
        };
    }

    private static List<TokenStatus> rbt(TokenStatus now) {
        return switch (now) {
            case FREE -> List.of(TokenStatus.LOCKED, TokenStatus.LOCKED, TokenStatus.PINNED_AS_SERVICE);
            case LOCKED -> List.of(TokenStatus.TRANSFERRED, TokenStatus.PLEDGED, TokenStatus.FREE);
            case PLEDGED, PENDING -> List.of(TokenStatus.FREE);
            default -> back(now);
        };
    }

    private static List<TokenStatus> contract(TokenStatus now) {
        return switch (now) {
            case GENERATED -> List.of(TokenStatus.DEPLOYED);
            case DEPLOYED, FETCHED -> List.of(TokenStatus.EXECUTED);
            default -> List.of();
        };
    }

    /** A token that was sent away can be received again. */
    private static List<TokenStatus> back(TokenStatus now) {
        return now == TokenStatus.TRANSFERRED ? List.of(TokenStatus.FREE) : List.of();
    }
}
