package io.tokensync.common.model;

import java.util.Locale;
import java.util.Optional;

/**
 * The statuses of tokens, with the {@code token_status} codes that each generation of nodes has for them. A code that is
 * not here is kept in SQL and marked, never rejected.
 */
public enum TokenStatus {
    FREE("0", "0"),
    LOCKED("1", "1"),
    PLEDGED("2", "6"),
    UNPLEDGED("3", null),
    TRANSFERRED("4", "4"),
    COMMITTED("5", "5"),
    GENERATED("6", "2"),
    DEPLOYED("7", "10"),
    FETCHED("8", "3"),
    BURNT("9", "8"),
    EXECUTED("10", "11"),
    ORPHANED("11", "13"),
    CHAIN_SYNC_ISSUE("12", "14"),
    PLEDGE_ISSUE("13", null),
    DOUBLE_SPENT("14", "15"),
    PINNED_AS_SERVICE("15", "12"),
    BURNT_FOR_FT("16", "9"),
    PENDING("17", null),
    QUORUM_PLEDGED("20", "7"),
    /** Written by the network's pin client, not by the node: a token that is unknown to it, or outside the levels' limits. */
    OUTSIDE_LIMITS("2302", null),
    /** What a v1 node's table gives a row without a status. */
    SEED(null, "99");

    private final String sqliteCode;
    private final String v1Code;
    private final String text = name().toLowerCase(Locale.ROOT).replace('_', ' ');

    TokenStatus(String sqliteCode, String v1Code) {
        this.sqliteCode = sqliteCode;
        this.v1Code = v1Code;
    }

    /** The decimal number that nodes of this generation store; empty when they do not have the status. */
    public Optional<String> code(NodeGeneration generation) {
        return Optional.ofNullable(codeOrNull(generation));
    }

    /** The text of {@code status_name} in JSON and SQL: {@code chain sync issue}. */
    public String text() {
        return text;
    }

    /** The status that has this code in this generation; empty for a code of a newer node, and for what is no code. */
    public static Optional<TokenStatus> of(NodeGeneration generation, String code) {
        for (TokenStatus status : values()) {
            String own = status.codeOrNull(generation);
            if (own != null && own.equals(code)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    private String codeOrNull(NodeGeneration generation) {
        return switch (generation) {
            case SQLITE -> sqliteCode;
            case V1 -> v1Code;
        };
    }
}
