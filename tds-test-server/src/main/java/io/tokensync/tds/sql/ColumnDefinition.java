package io.tokensync.tds.sql;

import java.util.ArrayList;
import java.util.List;

import io.tokensync.tds.protocol.SqlErrorException;

/** A column of CREATE or ALTER TABLE: T-SQL takes its clauses in any order, H2 in one. */
final class ColumnDefinition {
    private final List<Lexeme> in;
    private final List<Lexeme> defaultValue = new ArrayList<>();
    private final List<Lexeme> identity = new ArrayList<>();
    private final List<Lexeme> nullability = new ArrayList<>();
    private final List<Lexeme> constraints = new ArrayList<>();
    private final List<Lexeme> computation = new ArrayList<>();
    private List<Lexeme> type = List.of();
    private String collation;
    private int at;

    private ColumnDefinition(List<Lexeme> in) {
        this.in = in;
    }

    static ColumnDefinition read(List<Lexeme> in) throws SqlErrorException {
        ColumnDefinition column = new ColumnDefinition(in);
        if (column.computed()) {
            return column;
        }
        int extent = DeclaredType.extent(in, 1);
        if (extent == 0) {
            throw column.unknown();
        }
        column.type = in.subList(1, 1 + extent);
        column.at = 1 + extent;
        while (column.at < in.size()) {
            column.clause();
        }
        return column;
    }

    /** {@code name AS CAST(x AS type) PERSISTED}: only the cast says of which type it is. */
    private boolean computed() throws SqlErrorException {
        at = 1;
        if (!is("AS", "CAST", "(")) {
            return false;
        }
        int end = Lexemes.afterGroup(in, at + 2);
        int as = end - 2;
        while (as > at && !Lexemes.at(in, as, "AS")) {
            as--;
        }
        if (!Lexemes.at(in, end, "PERSISTED") || end + 1 != in.size()) {
            throw unknown();
        }
        type = in.subList(as + 1, end - 1);
        computation.add(Lexeme.word("GENERATED ALWAYS AS"));
        computation.addAll(in.subList(at + 2, as));
        computation.add(Lexeme.sign(")"));
        return true;
    }

    private SqlErrorException unknown() {
        return new SqlErrorException(SyntaxErrors.unknown("definition of a column", Lexemes.sql(in)));
    }

    private boolean is(String... expected) {
        return Lexemes.at(in, at, expected);
    }

    private void clause() throws SqlErrorException {
        if (is("COLLATE")) {
            collation = in.get(at + 1).text();
            at += 2;
        } else if (is("NOT", "NULL")) {
            take(nullability, at + 2);
        } else if (is("NULL")) {
            take(nullability, at + 1);
        } else if (is("IDENTITY")) {
            take(identity, Lexemes.at(in, at + 1, "(") ? Lexemes.afterGroup(in, at + 1) : at + 1);
        } else if (is("CONSTRAINT") && Lexemes.at(in, at + 2, "DEFAULT")) {
            at += 2;
        } else if (is("DEFAULT")) {
            take(defaultValue, afterValue(at + 1));
        } else if (is("CONSTRAINT") || is("PRIMARY") || is("UNIQUE") || is("CHECK") || is("REFERENCES")) {
            constraints.addAll(Ddl.withoutPhysics(in.subList(at, in.size())));
            at = in.size();
        } else {
            throw unknown();
        }
    }

    private void take(List<Lexeme> target, int end) {
        target.addAll(in.subList(at, end));
        at = end;
    }

    private int afterValue(int from) {
        int value = Lexemes.at(in, from, "-") ? from + 1 : from;
        if (Lexemes.at(in, value, "(")) {
            return Lexemes.afterGroup(in, value);
        }
        return Lexemes.at(in, value + 1, "(") ? Lexemes.afterGroup(in, value + 1) : value + 1;
    }

    List<Lexeme> h2() throws SqlErrorException {
        DeclaredType declared = DeclaredType.read(type, collation);
        List<Lexeme> out = new ArrayList<>();
        out.add(in.getFirst());
        out.add(Lexeme.word(declared.h2()));
        out.addAll(computation);
        out.addAll(defaultValue);
        out.addAll(identity);
        out.addAll(nullability);
        out.add(Lexeme.word("COMMENT"));
        out.add(Lexeme.string(declared.comment()));
        out.addAll(constraints);
        return out;
    }
}
