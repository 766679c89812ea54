package io.tokensync.common.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenStateTest {
    private static final int RUNS = 500;
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theOrderOfRecordsDoesNotMatter() {
        Property.forAll(RUNS, gen -> {
            List<TokenState> states = gen.list(12, TokenStateTest::state);
            assertThat(fold(gen.shuffled(states))).isEqualTo(fold(states));
        });
    }

    @Test
    void groupingRecordsIntoBatchesDoesNotMatter() {
        Property.forAll(RUNS, gen -> {
            List<TokenState> states = gen.list(12, TokenStateTest::state);
            List<TokenState> batches = gen.cut(states).stream().map(TokenStateTest::fold).toList();
            assertThat(fold(batches)).isEqualTo(fold(states));
        });
    }

    @Test
    void replayingRecordsChangesNothing() {
        Property.forAll(RUNS, gen -> {
            List<TokenState> states = gen.list(12, TokenStateTest::state);
            TokenState once = fold(states);
            assertThat(fold(gen.shuffled(states)).merge(once)).isEqualTo(once);
            assertThat(once.merge(once)).isEqualTo(once);
        });
    }

    @Test
    void aRowOutlivesAnOlderDeletion() {
        TokenState state = deleted(1).merge(row(2, "free"));
        assertThat(state.deletion()).isNull();
        assertThat(state.row().fields().did()).isEqualTo("free");
    }

    @Test
    void aDeletionKeepsTheLastRow() {
        TokenState state = deleted(3).merge(row(2, "free"));
        assertThat(state.deletion().version()).isEqualTo(3);
        assertThat(state.row().fields().did()).isEqualTo("free");
    }

    @Test
    void fetchedContentIsNeverLostToALaterFailure() {
        Content fetched = new Content.Fetched(Content.Fetched.READING, "text", "kubo", null);
        Content failed = new Content.Failed(T0.toEpochMilli(), "timeout: no answer");
        assertThat(row(1, "a", fetched).merge(row(2, "a", failed)).content()).isEqualTo(fetched);
        assertThat(row(2, "a", failed).merge(row(1, "a", fetched)).content()).isEqualTo(fetched);
    }

    @Test
    void amongFailuresTheLatestIsShownWhicheverWayTheRowHasMoved() {
        Content early = new Content.Failed(1, "timeout: no answer");
        Content late = new Content.Failed(2, "not_found: no block");
        assertThat(row(2, "a", early).merge(row(1, "a", late)).content()).isEqualTo(late);
    }

    @Test
    void statesOfTwoRowsDoNotMerge() {
        TokenState other = TokenState.of(new TokenRecord(new TokenKey("10.0.0.1", "node1", "other"), 1, provenance(1),
                new Change.Delete(T0), Content.absent(), null));
        assertThatThrownBy(() -> row(1, "a").merge(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalVersionsWithOtherNamesOrGenerationsEndTheSameWhicheverComesFirst() {
        List<TokenState> states = List.of(named("free", NodeGeneration.SQLITE), named("free", NodeGeneration.V1),
                named(null, NodeGeneration.V1));
        assertThat(states).extracting(state -> state.row().digest()).doesNotHaveDuplicates();
        assertThat(fold(states.reversed())).isEqualTo(fold(states));
    }

    /** Two agents may have read one row, one of them before its node had the transaction. */
    @Test
    void equalVersionsWithOtherTransactionsEndTheSameWhicheverComesFirst() {
        List<TokenState> states = Stream.of(null, TokenTransaction.unread(TransactionCheck.MISSING),
                TokenTransaction.unread(TransactionCheck.VERIFIED),
                new TokenTransaction(TransactionCheck.VERIFIED, "a", null, null),
                new TokenTransaction(TransactionCheck.VERIFIED, null, "a", null),
                new TokenTransaction(TransactionCheck.VERIFIED, null, null, T0))
                .map(it -> state("free", NodeGeneration.V1, it)).toList();
        assertThat(states).extracting(state -> state.row().digest()).doesNotHaveDuplicates();
        assertThat(fold(states.reversed())).isEqualTo(fold(states));
    }

    private static TokenState named(String status, NodeGeneration generation) {
        return state(status, generation, null);
    }

    private static TokenState state(String status, NodeGeneration generation, TokenTransaction transaction) {
        TokenRow row = new TokenRow("a", "0", status, "1.0", null, TokenKind.WHOLE, generation, T0, null, null, "tx",
                transaction, List.of());
        return TokenState.of(new TokenRecord(key(), 1, provenance(1), new Change.Upsert(row), Content.absent(), null));
    }

    private static TokenState fold(List<TokenState> states) {
        return states.stream().reduce(TokenState::merge).orElseThrow();
    }

    private static TokenState state(Gen gen) {
        int version = gen.integer(1, 5);
        return gen.percent(30)
                ? deletion(version, gen.integer(0, 2), content(gen))
                : row(version, gen.oneOf("a", "b", null), content(gen));
    }

    private static Content content(Gen gen) {
        return switch (gen.integer(0, 2)) {
            case 0 -> Content.absent();
            case 1 -> new Content.Failed(gen.integer(1, 3), gen.oneOf("timeout: x", "not_found: y"));
            default ->
                new Content.Fetched(gen.integer(1, 2), "data", gen.oneOf("kubo", "attached"), gen.orNull(() -> "n"),
                        gen.orNull(() -> gen.oneOf("{}", "{\"kind\":\"ft\"}")));
        };
    }

    private static TokenState deleted(int version) {
        return deletion(version, 0, Content.absent());
    }

    private static TokenState deletion(int version, int second, Content content) {
        return TokenState.of(new TokenRecord(key(), version, provenance(version),
                new Change.Delete(T0.plusSeconds(second)), content, null));
    }

    private static TokenState row(int version, String did) {
        return row(version, did, Content.absent());
    }

    private static TokenState row(int version, String did, Content content) {
        TokenRow row = new TokenRow(did, "0", "1.0", null, TokenKind.WHOLE, T0, null, null, null, List.of());
        return TokenState
                .of(new TokenRecord(key(), version, provenance(version), new Change.Upsert(row), content, null));
    }

    private static TokenKey key() {
        return new TokenKey("10.0.0.1", "node1", "QmToken");
    }

    private static Provenance provenance(int scan) {
        return new Provenance("session-" + scan, "/nodes/node1/Rubix/rubix.db", null, T0);
    }
}
