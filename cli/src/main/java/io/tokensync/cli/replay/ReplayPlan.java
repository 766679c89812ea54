package io.tokensync.cli.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a group would be moved to; backwards only, since what lies before where it is would never be written if it moved
 * forwards.
 *
 * @param moves the partitions that change
 */
record ReplayPlan(List<Move> moves) {
    ReplayPlan {
        moves = List.copyOf(moves);
    }

    /**
     * @param from where the group is; the topic's start when it has committed nothing
     * @param to where it goes to
     */
    record Move(int partition, long from, long to) {
        /** Offsets read again; an offset is a record or a mark of a transaction. */
        long offsets() {
            return from - to;
        }
    }

    /**
     * @param wanted offsets, for the partitions that are to be moved
     * @param exact whether each of them was asked for by number, so that one that cannot be is a mistake
     * @throws IllegalArgumentException when an exact one is not there, or lies ahead of the group
     */
    static ReplayPlan of(Map<Integer, Long> wanted, boolean exact, Map<Integer, Long> starts,
            Map<Integer, Long> committed) {
        List<Move> moves = new ArrayList<>();
        new TreeMap<>(wanted).forEach((partition, offset) -> {
            Long start = starts.get(partition);
            if (start == null) {
                throw new IllegalArgumentException("the topic has no partition " + partition);
            }
            long now = Math.max(start, committed.getOrDefault(partition, start));
            if (exact && (offset < start || offset > now)) {
                throw new IllegalArgumentException(
                        "partition " + partition + " can be read again from " + start + " to "
                                + now + ", where the group is; not from " + offset);
            }
            if (offset < now) {
                moves.add(new Move(partition, now, Math.max(start, offset)));
            }
        });
        return new ReplayPlan(moves);
    }

    long offsets() {
        return moves.stream().mapToLong(Move::offsets).sum();
    }

    Map<Integer, Long> targets() {
        Map<Integer, Long> targets = new TreeMap<>();
        moves.forEach(move -> targets.put(move.partition(), move.to()));
        return targets;
    }
}
