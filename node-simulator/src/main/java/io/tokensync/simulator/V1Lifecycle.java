package io.tokensync.simulator;

import java.util.List;
import java.util.Optional;

import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.postgres.V1Role;
import io.tokensync.simulator.postgres.V1Status;

/** Where the life of a token on a node of Rubix v1 goes from a status. */
final class V1Lifecycle {
    private V1Lifecycle() {}

    /** The next status; empty where a life ends. */
    static Optional<V1Status> next(String kind, V1Status now, Dice dice) {
        List<V1Status> choices = switch (kind) {
            case "whole", "part" -> rbt(now);
            case "contract" -> contract(now);
            default -> now == V1Status.FREE ? List.of(V1Status.TRANSFERRED) : back(now);
        };
        return choices.isEmpty() ? Optional.empty() : Optional.of(dice.pick(choices));
    }

    /** Role of the transaction that makes the step; empty when there is none: the node locks a token, or gives it free. */
    static Optional<V1Role> role(V1Status now, V1Status next) {
        return switch (next) {
            case LOCKED -> Optional.empty();
            case FREE -> now == V1Status.LOCKED
                    ? Optional.empty()
                    : Optional.of(now == V1Status.TRANSFERRED ? V1Role.TRANSFER : V1Role.UNPLEDGE);
            case PLEDGED -> Optional.of(V1Role.PLEDGE);
            case DEPLOYED -> Optional.of(V1Role.DEPLOY);
            case EXECUTED -> Optional.of(V1Role.EXECUTE);
            default -> Optional.of(V1Role.TRANSFER);
        };
    }

    private static List<V1Status> rbt(V1Status now) {
        return switch (now) {
            case FREE, SEED -> List.of(V1Status.LOCKED, V1Status.LOCKED, V1Status.PINNED_AS_SERVICE);
            case LOCKED -> List.of(V1Status.TRANSFERRED, V1Status.PLEDGED, V1Status.FREE);
            case PLEDGED, QUORUM_PLEDGED -> List.of(V1Status.FREE);
            default -> back(now);
        };
    }

    private static List<V1Status> contract(V1Status now) {
        return switch (now) {
            case GENERATED -> List.of(V1Status.DEPLOYED);
            case DEPLOYED, FETCHED -> List.of(V1Status.EXECUTED);
            default -> List.of();
        };
    }

    private static List<V1Status> back(V1Status now) {
        return now == V1Status.TRANSFERRED ? List.of(V1Status.FREE) : List.of();
    }
}
