package io.tokensync.monitor.audit;

import java.util.Locale;
import java.util.Optional;

/** What can be found. */
public enum FindingKind {
    /** More than one node could spend it. */
    FREE_ON_SEVERAL_NODES("Free on several nodes",
            "More than one node lists the token as free. Only one of them can own it: "
                    + "the others have not learned of a transfer, or the token was spent twice."),
    /** The nodes' statuses exclude each other. */
    CONTRADICTING_STATUSES("Statuses that contradict each other",
            "One node holds the token as spendable, pledged or in use "
                    + "while another one says that it is burnt, or holds it too, or a node reports it as being double-spent. At most "
                    + "one of these can be true. A transfer is none: the sender's row says transferred, and rows of the quorum, "
                    + "under the sender's DID, say quorum pledged or, on older nodes, burnt."),
    /** More parts than the whole. */
    PARTS_EXCEED_PARENT("Parts worth more than their parent",
            "The parts that nodes list of this token are together worth "
                    + "more than the token itself. Each part counts once, however many nodes list it."),
    /** A split token that can still be spent as a whole. */
    PARENT_STILL_FREE("Split, and still free",
            "The token has been split into parts, and a node still lists the whole as "
                    + "free. It should be burnt: the value could be spent twice."),
    /** More parts than the whole, one after the other. */
    VALUE_FROM_NOTHING("Value made from nothing, over time",
            "The parts that nodes list of this token or have listed are together worth more than the token, though no more "
                    + "of them are listed today: it was split more than once. A part counts once, and for nothing when it was "
                    + "orphaned, or when it went without ever having left the node that made it."),
    /** Burnt on one node, and on another one free afterwards. */
    BURNT_AND_FREE("Burnt, and free elsewhere",
            "A node that held the token has burnt it, and another owner's node lists it as free: read so at least an hour "
                    + "later, or under the id of the other generation of nodes. What was burnt cannot be given to anybody. "
                    + "Two rows that say so today under one id are statuses that contradict each other."),
    /** Spent, and there again. */
    MOVED_BACKWARDS("Moved backwards in its life",
            "The node held the token, burnt it or gave it away, and holds it again for the same owner and by the same "
                    + "transaction as before, so that it did not come back. A token given away counts when its receiver was "
                    + "seen. The node's database was set back, or altered: the value can be spent a second time."),
    /** Back and forth, and no transaction says why. */
    HOLDERS_FLIP("Holders that take turns",
            "The token has gone back and forth between owners on two nodes three times at least, each of them holding it again "
                    + "by the transaction of the first time. Who gets a token back names a new transaction: here "
                    + "two databases are each set back, or read in turns from copies."),
    /** The hash is wrong. */
    CONTENT_MISMATCH("Content that does not match its id",
            "A source has other bytes under this token id than those the id "
                    + "is the hash of. The content was not taken over; the source is damaged or was tampered with."),
    /** One id, two things. */
    CONTENT_CHANGED("Changed under the same id",
            "Nodes of one generation list this whole token or part with different values, parents, levels or numbers, or "
                    + "a node lists a part with another value or parent than before. What an id stands for does not change: a "
                    + "database was altered. Values that differ by a thousandth or less are rounded otherwise, and count as "
                    + "equal."),
    /** The main net has no such token. */
    IMPOSSIBLE_TOKENS("Tokens that cannot exist",
            "The content is that of a whole token, verified against its id, and names a level that does not exist or a number "
                    + "above what its level may have. No node of the main net should take it: it was made up."),
    /** Of a number that its level has not any more. */
    BEYOND_SUPPLY("Beyond what the level has issued",
            "A node of v1 holds a whole token of level 1 with a number above 4,300,000, which is all that v1 issues of the level "
                    + "and takes from others, and no node has listed it before v1, when the level had 5,000,000. Find "
                    + "out when and by whom it was made."),
    /** Marked by the network. */
    OUTSIDE_LIMITS("Marked as outside the limits",
            "The network's pin client has written status 2302 into the node's database: it does not know the token, or the "
                    + "token is outside the limits of its level."),
    /** The node has moved without it. */
    MISSING_IN_V1("Lost in the move to v1",
            "The node has moved to Rubix v1 and held this token before, and no node lists it in v1. Tokens that the node "
                    + "had given away or that are burnt do not count. While a node's first scan in v1 goes on, what has "
                    + "not been read yet stands here."),
    /** Moved, and changed hands by it. */
    OTHER_OWNER_IN_V1("Another owner in v1",
            "The node lists the token under another owner in v1 than before it moved. It was moved to the wrong owner, or "
                    + "has been transferred since between two owners of this node, which its chain of transactions shows."),
    /** Moved, and worth something else. */
    OTHER_VALUE_IN_V1("Another value in v1",
            "The node lists the token with another value in v1 than before it moved. Values are compared as numbers; "
                    + "one that cannot be read is no finding."),
    /** Two nodes could spend it, each by its own id. */
    FREE_IN_BOTH_GENERATIONS("Free in v1, and on another node before v1",
            "One node lists the token as free in v1 and another one, which has not taken it to v1, lists it as free under "
                    + "its earlier id. Only one of them can own it: it could be spent in both."),
    /** Nothing shows how its owner has come to it. */
    TRANSACTION_UNPROVEN("Transactions that prove nothing",
            "The node of v1 names a transaction for the token that does not prove who has it: what it says has another "
                    + "hash than its id (id_differs), its signature is not its initiator's (signature_differs), or "
                    + "the node does not have it (missing). Compare it with what the nodes of its initiator, its owner "
                    + "and the quorum have under this id. Until one of them has it with a valid signature, do not rely "
                    + "on what this node says of the token."),
    /** One wallet, two places. */
    DID_ON_SEVERAL_MACHINES("Owners on several machines",
            "The owner's DID has free tokens on two machines that are both being read, and on each some that the other one does "
                    + "not list in any state: neither is a copy of the other, so its keys are in use on both. Records of "
                    + "transfers, nodes gone quiet, and a node that has moved to v1 elsewhere do not count."),
    /** No later state of the row wins. */
    IMPLAUSIBLE_VERSIONS("Versions that lie ahead of all clocks",
            "The row, its deletion or its content has a version more than a day ahead, so that no true change of it is "
                    + "taken over any more. Such records are dead-lettered now; what an earlier release let in is set back by: "
                    + "tokensync schema reset-versions."),
    /** Its times cannot be. */
    CLOCK_OFF("Clocks that are off",
            "Of what was read in the last day, times exclude each other by more than half an hour. The column clock says "
                    + "which: rows were read later than they were written (the machine is ahead of the database), changed "
                    + "later than they were read (the node is ahead of its machine), or changed before they were last read "
                    + "unchanged (the node is behind). Set the clock, or let NTP do it."),
    /** No news. */
    QUIET_NODES("Nodes gone quiet",
            "Nobody has been able to look at the node for longer than the limit: the agent or the "
                    + "machine is down, the node's directory has moved, or its database cannot be read, which the column problem "
                    + "then says. A node that is looked at and has not changed is not quiet, however long: see hours_unchanged.");

    private final String title;
    private final String explanation;
    private final String code = name().toLowerCase(Locale.ROOT);

    FindingKind(String title, String explanation) {
        this.title = title;
        this.explanation = explanation;
    }

    /** The name in JSON, on the command line and of the statement. */
    public String code() {
        return code;
    }

    /** A heading. */
    public String title() {
        return title;
    }

    /** What it means, for people. */
    public String explanation() {
        return explanation;
    }

    /** The kind of this code; empty for any other text. */
    public static Optional<FindingKind> of(String code) {
        for (FindingKind kind : values()) {
            if (kind.code.equals(code)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
