package io.tokensync.tds.sql;

import java.util.List;

import io.tokensync.tds.protocol.SqlErrorException;

/** One rewrite: looks at one place of a statement. */
@FunctionalInterface
interface Rule {
    /**
     * Adds to {@code out} what H2 is to read instead of what stands at this place.
     *
     * @return how many lexemes were taken; 0 where the rule does not apply
     */
    int apply(List<Lexeme> in, int at, List<Lexeme> out) throws SqlErrorException;
}
