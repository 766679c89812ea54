package io.tokensync.scanner.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of {@link Problem}, each with what the operator can do about it. */
public enum ProblemKind {
    ROOT_MISSING("correct scanner.roots, or mount the directory"),
    DIRECTORY_UNREADABLE("give the agent's user the right to list and enter the directory, or exclude it"),
    LINK_LOOP("remove the link, or exclude it with scanner.exclude"),
    NOT_A_NODE("nothing, if this is not a node; a node keeps its database in a directory named Rubix", true),
    NODE_V1(
            "nothing of it is in the table. Give the agent a login of its own (tokensync schema grants --role node-reader)"
                    + " and name it in scanner.postgres.user; or leave the directory out with scanner.exclude"),
    NODE_CONFIG_UNUSABLE(
            "correct the node's config.toml, or give the agent's user the right to read it; or name its database in"
                    + " scanner.postgres.addresses"),
    EARLIER_DATABASE(
            "nothing: the node keeps its tokens in PostgreSQL now, and this file is not read any more. What was published"
                    + " from it stays in the table until its deletion is confirmed",
            true),
    POSTGRES_AWAY(
            "start the node's database server, or look at the network; when it is elsewhere than config.toml says, name it"
                    + " in scanner.postgres.addresses. Its rows stay as they are"),
    POSTGRES_LOGIN(
            "correct scanner.postgres.user and its password, or the server's pg_hba.conf: the password is given by"
                    + " scram-sha-256 only, unless scanner.postgres.ssl-mode is verify-full"),
    POSTGRES_CERTIFICATE(
            "correct scanner.postgres.ssl-root-certificate, or the server's certificate: what answers there does not prove"
                    + " that it is the node's server, and gets no password"),
    POSTGRES_FORBIDDEN("give the agent's login its rights: tokensync schema grants --role node-reader"),
    TRANSACTIONS_FORBIDDEN(
            "nothing, if it need not be proven who gave the tokens to whom; else give the agent's login its rights anew:"
                    + " tokensync schema grants --role node-reader",
            true),
    DATABASE_NOT_CONFIGURED(
            "name it in scanner.databases (of local: --databases), beside the others that are to be read, or leave it"
                    + " out with scanner.exclude"),
    OTHER_DATABASE("nothing, if it is not wanted; else name it in scanner.databases (of local: --databases)", true),
    NODE_WITHOUT_DATABASE(
            "start the node once, so that it makes its database; if it was set up to keep its tokens in a database"
                    + " server, they are not read; leave its directory out with scanner.exclude if that is known"),
    NODE_NAME_DUPLICATE("give at least one of them another name with scanner.aliases"),
    NODE_NAME_UNUSABLE("give it a name with scanner.aliases"),
    PATH_TOO_LONG("move the node to a shorter path: the column db_path holds 500 characters"),
    PATH_NO_TEXT(
            "start the agent with LC_ALL=C.UTF-8, or rename the directory: its name is part of each row's identity"),
    EMPTY_FILE("start the node once, so that it makes its tables, or exclude the file"),
    NOT_A_REGULAR_FILE(
            "remove it, and ask who put it there: a node makes regular files only, and what is none may keep its reader"
                    + " waiting for ever"),
    NOT_A_DATABASE("restore the file from a backup, or exclude it"),
    DATABASE_CORRUPT("check it with PRAGMA integrity_check and restore it from a backup"),
    NO_TOKENS_TABLE("start the node once, so that it makes its tables, or exclude the file"),
    NO_ID_COLUMN(
            "tell the maintainers which version of the node makes this table; until then its rows stay as they are"),
    NO_ROWID("tell the maintainers which version of the node makes this table; until then its rows stay as they are"),
    TOO_MANY_REPEATED_IDS(
            "tell the maintainers which version of the node makes these tables, or remove the repeated rows; until then"
                    + " its rows stay as they are"),
    DATABASE_BUSY(
            "nothing: it is tried again in the next scan cycle; if it stays so, look for a process that holds it"),
    DATABASE_UNREADABLE("give the agent's user the right to read the file, its -wal and its -shm"),
    COPY_FAILED(
            "make room in scanner.state-dir, which needs it for a copy of the largest database in WAL mode, one at a time;"
                    + " or start the node: while it runs, its database is read without a copy"),
    HANGS(
            "look at the mount or the device that it is on, and for a FIFO in its place; everything else goes on, and it"
                    + " is read again when it answers. When the cause is gone and it stays so, restart the agent; when"
                    + " it is only slow, raise scanner.database-timeout"),
    DATABASE_REPLACED("nothing: it is read again in the next scan cycle"),
    READ_FAILED("see the reason; it is tried again in the next scan cycle"),
    STATE_DAMAGED(
            "look for a failing disk under scanner.state-dir; the node is compared with the table now, where rows may have"
                    + " stayed that the node has no more (with scanner.verify.interval 0s only by tokensync verify)"),
    NO_UNIQUE_INDEX("nothing, but reading is slow: the table has no unique index on its id", true),
    DATABASE_VANISHED(
            "mount or restore it; its rows stay as they are until it is back. If it is gone for good, say so:"
                    + " tokensync scanner confirm"),
    DELETES_DEFERRED(
            "if the rows are really gone, confirm it: tokensync scanner confirm; else restore the database"),
    TABLE_AHEAD(
            "nothing that the agent publishes replaces them: set their versions back with tokensync schema"
                    + " reset-versions, and look for a clock that was wrong (tokensync audit --kind implausible_versions)"),
    BLOCKS_UNREADABLE("give the agent's user the right to read the IPFS repository's blocks directory");

    private final String code = name().toLowerCase(Locale.ROOT);
    private final String advice;
    private final boolean harmless;

    ProblemKind(String advice) {
        this(advice, false);
    }

    ProblemKind(String advice, boolean harmless) {
        this.advice = advice;
        this.harmless = harmless;
    }

    /** The kind as logs and metrics show it. */
    public String code() {
        return code;
    }

    /** The kind with this code; empty when it is of another release. */
    public static Optional<ProblemKind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }

    /** What the operator can do. */
    public String advice() {
        return advice;
    }

    /** Whether it is only told, and does not count as a failure. */
    public boolean harmless() {
        return harmless;
    }
}
