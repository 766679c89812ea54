package io.tokensync.simulator.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.simulator.chain.ChainToken;
import io.tokensync.simulator.chain.NodeKeys;
import io.tokensync.simulator.chain.SigningKey;
import io.tokensync.simulator.chain.TransactionFlaw;
import io.tokensync.simulator.chain.V1Chain;
import io.tokensync.simulator.chain.V1Transaction;
import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.content.Mint;

/** Rows that one transaction has brought to the node; later ones have taken some of them further, each several at once. */
final class V1Block {
    private static final double RECEIVED = 0.4;
    /** Transactions that give a block's tokens away, to so many strangers; one gives several of them another status. */
    private static final int TRANSFERS = 3;
    private static final long LONGEST_LIFE_MILLIS = Duration.ofDays(30).toMillis();

    private final V1Node node;
    private final NodeKeys keys;
    private final V1Chain chain;
    private final long number;
    private final Dice dice;
    private final SigningKey own;
    private final boolean received;
    private final Instant created;
    private final List<Planned> rows;
    private final V1Transaction first;
    private final Map<Later, V1Transaction> later = new HashMap<>();

    /** What is to be a row. */
    record Planned(V1Token token, V1Status status, V1Flaw flaw, Dice dice) {}

    /** Which of the later transactions. */
    private record Later(V1Status status, int number) {}

    /**
     * @param number of the block, from which its owner follows
     * @param dice of the block
     */
    V1Block(V1Node node, NodeKeys keys, long number, Dice dice, List<Planned> rows) {
        this.node = node;
        this.keys = keys;
        this.chain = node.chain(keys);
        this.number = number;
        this.dice = dice;
        this.rows = List.copyOf(rows);
        this.own = keys.own(number);
        this.received = dice.chance(RECEIVED);
        this.created = Mint.EPOCH
                .plusSeconds(dice.below(Mint.SPAN_SECONDS - Duration.ofMillis(LONGEST_LIFE_MILLIS).toSeconds()))
                .plus(dice.below(1_000_000), ChronoUnit.MICROS);
        this.first = chain.transaction(new V1Chain.Deed(received ? keys.stranger(number) : own, own.did(), created,
                tokens(rows, "")), dice);
    }

    List<V1Row> rows() {
        Map<Later, List<Planned>> together = new HashMap<>();
        List<Later> ways = new ArrayList<>();
        for (Planned row : rows) {
            Later way = new Later(row.status,
                    row.status == V1Status.TRANSFERRED ? row.dice.below(TRANSFERS) : 0);
            ways.add(way);
            if (row.flaw.ofTransaction() == TransactionFlaw.NONE) {
                together.computeIfAbsent(way, _ -> new ArrayList<>()).add(row);
            }
        }
        List<V1Row> made = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            made.add(row(rows.get(i), ways.get(i), together.get(ways.get(i))));
        }
        return made;
    }

    private V1Row row(Planned row, Later way, List<Planned> together) {
        V1Draft draft = new V1Draft(row.token, node, owner(way), row.status);
        List<V1Step> history = new ArrayList<>(List.of(new V1Step(first, received ? V1Role.TRANSFER : V1Role.MINT)));
        if (row.flaw.ofTransaction() != TransactionFlaw.NONE) {
            V1Transaction wrong = chain.flawed(row.flaw.ofTransaction(), deed(way, List.of(row), row.dice), row.dice);
            history.add(new V1Step(wrong, row.status.role().orElse(V1Role.TRANSFER)));
        } else {
            row.status.role().ifPresent(role -> history.add(new V1Step(
                    later.computeIfAbsent(way, _ -> chain.transaction(deed(way, together, dice), dice)), role)));
        }
        draft.times(created, history.size() > 1 ? history.getLast().transaction().when() : afterwards(row.dice));
        row.flaw.spoil(draft);
        return draft.finish(history);
    }

    private V1Chain.Deed deed(Later way, List<Planned> rows, Dice drawn) {
        String owner = way.status == V1Status.DEPLOYED ? "" : owner(way);
        return new V1Chain.Deed(own, owner, afterwards(drawn), tokens(rows, first.id()));
    }

    private String owner(Later way) {
        return way.status == V1Status.TRANSFERRED ? keys.stranger(number + way.number).did() : own.did();
    }

    private Instant afterwards(Dice drawn) {
        return created.plusMillis(drawn.below(LONGEST_LIFE_MILLIS));
    }

    private static List<ChainToken> tokens(List<Planned> rows, String previous) {
        return rows.stream().map(row -> row.token.inChain(previous)).toList();
    }
}
