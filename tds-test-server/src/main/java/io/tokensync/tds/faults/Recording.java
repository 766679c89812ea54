package io.tokensync.tds.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** What an endpoint saw since it was started or since {@link #clear()}; safe to question at any time. */
public final class Recording {
    private static final int MOST_STATEMENTS = 100_000;

    private final List<String> statements = new ArrayList<>();
    private final List<Integer> errors = new ArrayList<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong logins = new AtomicLong();
    private final AtomicLong resets = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong rollbacks = new AtomicLong();
    private final AtomicLong bulkLoads = new AtomicLong();
    private final AtomicLong bulkRows = new AtomicLong();
    private final AtomicLong cancelled = new AtomicLong();

    /** One kind of thing that is only counted. */
    public enum Counted {
        CONNECTION_OPENED,
        CONNECTION_CLOSED,
        LOGIN,
        SESSION_RESET,
        COMMIT,
        ROLLBACK,
        BULK_LOAD,
        BULK_ROW,
        CANCELLED
    }

    /** Counts one. */
    public void count(Counted what) {
        counter(what).incrementAndGet();
    }

    private AtomicLong counter(Counted what) {
        return switch (what) {
            case CONNECTION_OPENED -> opened;
            case CONNECTION_CLOSED -> closed;
            case LOGIN -> logins;
            case SESSION_RESET -> resets;
            case COMMIT -> commits;
            case ROLLBACK -> rollbacks;
            case BULK_LOAD -> bulkLoads;
            case BULK_ROW -> bulkRows;
            case CANCELLED -> cancelled;
        };
    }

    /** Notes a statement; the oldest ones are forgotten where there are very many. */
    public synchronized void statement(String text) {
        if (statements.size() == MOST_STATEMENTS) {
            statements.subList(0, MOST_STATEMENTS / 2).clear();
        }
        statements.add(text);
    }

    /** Notes an error that a client was told. */
    public synchronized void error(int number) {
        errors.add(number);
    }

    /** Every statement, in order, as the client sent it. */
    public synchronized List<String> statements() {
        return List.copyOf(statements);
    }

    /** How many statements have the pattern in them, whatever the case of its letters. */
    public long statements(String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        return statements().stream().filter(text -> pattern.matcher(text).find()).count();
    }

    /** The numbers of the errors sent, in order. */
    public synchronized List<Integer> errors() {
        return List.copyOf(errors);
    }

    /** Connections accepted. */
    public long connectionsOpened() {
        return opened.get();
    }

    /** Connections that are there now; more than none after a test means that somebody leaked one. */
    public long connectionsOpen() {
        return opened.get() - closed.get();
    }

    /** Logins that succeeded. */
    public long logins() {
        return logins.get();
    }

    /** Sessions made like new at a pool's request. */
    public long sessionsReset() {
        return resets.get();
    }

    /** Transactions committed that a client began; statements that commit by themselves do not count. */
    public long commits() {
        return commits.get();
    }

    /** Transactions rolled back, by the client, by an error or by the end of their connection. */
    public long rollbacks() {
        return rollbacks.get();
    }

    /** Bulk loads that ended well. */
    public long bulkLoads() {
        return bulkLoads.get();
    }

    /** Rows that arrived in bulk loads. */
    public long bulkRows() {
        return bulkRows.get();
    }

    /** Statements that a client cancelled while they ran. */
    public long cancelled() {
        return cancelled.get();
    }

    /** Forgets everything except the connections that are open. */
    public synchronized void clear() {
        statements.clear();
        errors.clear();
        opened.addAndGet(-closed.getAndSet(0));
        for (AtomicLong counter : List.of(logins, resets, commits, rollbacks, bulkLoads, bulkRows, cancelled)) {
            counter.set(0);
        }
    }
}
