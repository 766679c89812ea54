package io.tokensync.scanner.verify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.Outcome;
import io.tokensync.common.verification.StartedBy;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.Rounds;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.Verification;
import io.tokensync.scanner.state.Verification.Answer;
import io.tokensync.scanner.state.VerificationRequest;
import io.tokensync.scanner.state.VerificationRequests;

/** Which nodes are to be verified, and why: it is their turn, somebody asks, or the table was found to differ. One thread. */
public final class Verifications {
    private static final Logger log = LoggerFactory.getLogger(Verifications.class);
    /** Until a node is verified again whose rows were changing too much to tell. */
    private static final Duration UNSETTLED = Duration.ofMinutes(10);
    /** Until a node is verified again that cannot be read as a whole. */
    private static final Duration UNREADABLE = Duration.ofHours(1);
    /** So often a node that changes while it is read is read again. */
    private static final int MOST_TRIES = 3;
    /** How long whoever waits for all answers waits for the next. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(2);

    private final When when;
    private final Instant started;
    private final ReceivedVerdicts verdicts;
    private final VerificationRequests requests;
    private final Clock clock;
    private final Map<String, Integer> tries = new HashMap<>();
    private final Map<String, Instant> notBefore = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private Instant lastNews;
    private StateStore state;
    private Turns turns;

    /**
     * When nodes are verified that nobody asks for by name.
     *
     * @param interval between two verifications of a node; zero for none
     * @param all whether each is verified once, now
     * @param more whether scan cycles follow each other, so that a node that changes while it is read is read again
     */
    public record When(Duration interval, boolean all, boolean more) {}

    public Verifications(When when, ReceivedVerdicts verdicts, VerificationRequests requests, Clock clock) {
        this.when = when;
        this.started = clock.instant();
        this.lastNews = started;
        this.verdicts = verdicts;
        this.requests = requests;
        this.clock = clock;
        this.turns = new Turns(when.interval, "");
    }

    /** A scan cycle begins on this state; the first one on it waits for the answers that the state knows to be missing. */
    public void begin(StateStore present, String sourceIp) {
        requests.load();
        if (present.equals(state)) {
            return;
        }
        state = present;
        turns = new Turns(when.interval, sourceIp);
        verdicts.begin(sourceIp);
        for (DatabaseStore store : present.databases()) {
            store.verification().filter(Verification::isOpen).ifPresent(last -> verdicts
                    .await(store.tracked().nodeName(), present.agentId(), last.watermark()));
        }
        verdicts.follow();
    }

    /**
     * Whether the database is to be read and verified now.
     *
     * @param confirmed whether deletions that were deferred are confirmed, and so carried out in this scan cycle
     */
    public Optional<VerificationOrder> order(DatabaseStore store, boolean confirmed) {
        String node = store.tracked().nodeName();
        Instant now = clock.instant();
        if (!verdicts.areFollowed() || now.isBefore(notBefore.getOrDefault(node, Instant.MIN))) {
            return Optional.empty();
        }
        Optional<Verification> last = store.verification();
        if (last.isEmpty()) {
            return requests.of(node).map(VerificationOrder::of)
                    .or(() -> turns.areOn() || when.all
                            ? Optional.of(VerificationOrder.first(StartedBy.NEW_STATE))
                            : Optional.empty());
        }
        Optional<WholeVerdict> verdict = verdicts.of(node);
        Verification present = verdict.map(found -> answered(store, last.get(), found)).orElse(last.get());
        return verdict.flatMap(found -> repair(present, found)).or(() -> requests.of(node).map(VerificationOrder::of))
                .or(() -> again(node, present, confirmed, now));
    }

    private static Optional<VerificationOrder> repair(Verification last, WholeVerdict verdict) {
        Rounds next = last.rounds().next(verdict.buckets());
        return last.isOpen() ? Optional.of(VerificationOrder.repair(verdict, next)) : Optional.empty();
    }

    private Optional<VerificationOrder> again(String node, Verification last, boolean confirmed, Instant now) {
        if (confirmed && last.outcome().equals(Optional.of(Outcome.DIFFERS))) {
            return Optional.of(VerificationOrder.first(StartedBy.REPAIR));
        }
        Rounds next = last.rounds().next(Integer.MAX_VALUE);
        boolean unsettled = last.outcome().equals(Optional.of(Outcome.UNSETTLED)) && next.goOn()
                && !now.isBefore(last.asOf().plus(UNSETTLED));
        if (unsettled || verdicts.isToBeAskedAgain(node)) {
            return Optional.of(new VerificationOrder(last.startedBy(), last.repair(), TableRows.UNKNOWN, next, null));
        }
        if (when.all && last.asOf().isBefore(started)) {
            return Optional.of(VerificationOrder.first(StartedBy.COMMAND));
        }
        return turns.isDue(node, last.asOf(), now)
                ? Optional.of(VerificationOrder.first(StartedBy.SCHEDULE))
                : Optional.empty();
    }

    /** Remembers the answer, once, and says what it is. */
    private Verification answered(DatabaseStore store, Verification last, WholeVerdict verdict) {
        Verification now = last.answered(
                new Answer(verdict.outcome(), verdict.verifiedAt(), verdict.tableRows(), verdict.buckets()));
        if (!now.equals(last)) {
            lastNews = clock.instant();
            store.remember(now);
            say(store.tracked().nodeName(), now);
        }
        if (!now.isOpen()) {
            verdicts.done(store.tracked().nodeName());
            open.remove(store.tracked().nodeName());
        }
        return now;
    }

    private static void say(String node, Verification now) {
        boolean worthLooking = now.answer().outcome() == Outcome.DIFFERS
                || now.answer().outcome() == Outcome.CONTESTED;
        (worthLooking ? log.atWarn() : log.atInfo())
                .setMessage(worthLooking ? "the table differs from the node" : "the node is verified")
                .addKeyValue("node", node).addKeyValue("outcome", now.answer().outcome().code())
                .addKeyValue("as_of", now.asOf()).addKeyValue("node_rows", now.said().rows())
                .addKeyValue("table_rows", now.answer().tableRows())
                .addKeyValue("buckets_differing", now.answer().buckets())
                .addKeyValue("repair", now.isOpen()).log();
    }

    /** A scan that was to verify a node could not read all of it. */
    public void unreadable(String node) {
        notBefore.put(node, clock.instant().plus(UNREADABLE));
    }

    /** A node has changed while it was read; returns whether it is to be read once more before it is told. */
    public boolean isToBeReadAgain(String node) {
        return when.more && tries.merge(node, 1, Integer::sum) < MOST_TRIES;
    }

    /** Whether a verification is not over that was begun in this process; those that nobody answers are given up. */
    public boolean areOpen() {
        boolean asked = verdicts.areFollowed();
        return !(asked && open.isEmpty() && tries.isEmpty()) && clock.instant().isBefore(lastNews.plus(GIVEN_UP));
    }

    /** This digest is going to be sent: the answer may come at once. */
    public void announce(NodeDigest digest) {
        tries.remove(digest.nodeName());
        notBefore.remove(digest.nodeName());
        open.add(digest.nodeName());
        lastNews = clock.instant();
        verdicts.await(digest.nodeName(), digest.agentId(), digest.watermark());
    }

    /** This digest was acknowledged. */
    public void published(VerificationOrder order, DatabaseStore store, NodeDigest digest, Rounds rounds) {
        store.remember(new Verification(digest.watermark(), digest.asOf(), digest.startedBy(), digest.repair(),
                new Verification.Said(digest.rows(), digest.digest()), digest.repaired(), rounds, null));
        VerificationRequest request = order.request();
        if (request != null) {
            requests.done(request);
        }
    }
}
