package io.tokensync.tds.jdbc;

import java.util.List;

import io.tokensync.tds.sql.Lexeme;

/** What sort of statement H2 is given. */
enum Verb {
    /** A query of tables. */
    QUERY,
    /** A query of nothing, as {@code SELECT 1}: it begins no implicit transaction. */
    EXPRESSION,
    CHANGE,
    DEFINITION;

    static Verb of(List<Lexeme> statement) {
        Lexeme first = statement.getFirst();
        if (first.is("CREATE") || first.is("ALTER") || first.is("DROP") || first.is("TRUNCATE")) {
            return DEFINITION;
        }
        if (first.is("SELECT")) {
            return statement.stream().anyMatch(lexeme -> lexeme.is("FROM")) ? QUERY : EXPRESSION;
        }
        return CHANGE;
    }

    boolean beginsTransaction() {
        return this != EXPRESSION;
    }
}
