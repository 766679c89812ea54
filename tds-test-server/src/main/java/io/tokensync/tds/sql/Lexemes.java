package io.tokensync.tds.sql;

import java.util.ArrayList;
import java.util.List;

/** Questions about a list of lexemes; an index past the end answers no. */
final class Lexemes {
    private Lexemes() {}

    /** Whether the words and signs at this index are these. */
    static boolean at(List<Lexeme> lexemes, int index, String... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (index + i < 0 || index + i >= lexemes.size() || !lexemes.get(index + i).is(expected[i])) {
                return false;
            }
        }
        return true;
    }

    /** The index after the bracket that closes the one at this index; the end where it never closes. */
    static int afterGroup(List<Lexeme> lexemes, int open) {
        int depth = 0;
        for (int i = open; i < lexemes.size(); i++) {
            if (lexemes.get(i).is("(")) {
                depth++;
            } else if (lexemes.get(i).is(")")) {
                depth--;
            }
            if (depth == 0) {
                return i + 1;
            }
        }
        return lexemes.size();
    }

    /** The parts between the commas that are not inside brackets. */
    static List<List<Lexeme>> parts(List<Lexeme> lexemes) {
        List<List<Lexeme>> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < lexemes.size();) {
            if (lexemes.get(i).is(",")) {
                parts.add(lexemes.subList(from, i));
                from = i + 1;
            }
            i = lexemes.get(i).is("(") ? afterGroup(lexemes, i) : i + 1;
        }
        if (from < lexemes.size()) {
            parts.add(lexemes.subList(from, lexemes.size()));
        }
        return parts;
    }

    /** The text for H2. */
    static String sql(List<Lexeme> lexemes) {
        StringBuilder sql = new StringBuilder();
        for (Lexeme lexeme : lexemes) {
            boolean tight = lexeme.is(".") || lexeme.is("(") || sql.isEmpty()
                    || sql.charAt(sql.length() - 1) == '.';
            sql.append(tight ? "" : " ").append(lexeme.sql());
        }
        return sql.toString();
    }
}
