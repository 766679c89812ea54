package io.tokensync.tds.sql;

import java.util.ArrayList;
import java.util.List;

import io.tokensync.tds.protocol.SqlErrorException;

/** CREATE, ALTER, DROP and TRUNCATE. */
final class Ddl {
    private Ddl() {}

    static List<Lexeme> rewritten(List<Lexeme> in) throws SqlErrorException {
        if (Lexemes.at(in, 0, "CREATE", "TABLE")) {
            return createTable(in);
        }
        if (Lexemes.at(in, 0, "ALTER", "TABLE")) {
            return AlterTable.rewritten(in);
        }
        if (Lexemes.at(in, 0, "ALTER", "DATABASE") && Lexemes.at(in, 3, "SET", "READ_COMMITTED_SNAPSHOT")) {
            String on = Lexemes.at(in, 5, "ON") ? "TRUE" : "FALSE";
            return joined("UPDATE sys.database_options SET read_committed_snapshot = " + on, List.of());
        }
        if (Lexemes.at(in, 0, "CREATE", "OR", "ALTER", "VIEW")) {
            return joined("CREATE OR REPLACE VIEW", in.subList(4, in.size()));
        }
        if (Lexemes.at(in, 0, "ALTER", "VIEW")) {
            return joined("CREATE OR REPLACE VIEW", in.subList(2, in.size()));
        }
        if (Lexemes.at(in, 0, "TRUNCATE", "TABLE") && in.getLast().text().startsWith("#")) {
            // TRUNCATE would commit in H2.
            return joined("DELETE FROM", in.subList(2, in.size()));
        }
        if (Lexemes.at(in, 0, "DROP", "INDEX")) {
            return dropIndex(in);
        }
        boolean index = in.size() > 3 && in.getFirst().is("CREATE")
                && in.subList(1, 4).stream().anyMatch(lexeme -> lexeme.is("INDEX"));
        return index ? createIndex(in) : in;
    }

    static List<Lexeme> joined(String head, List<Lexeme> tail) {
        List<Lexeme> out = new ArrayList<>();
        out.add(Lexeme.word(head));
        out.addAll(tail);
        return out;
    }

    /** A temporary table belongs to its session and does not end the transaction. */
    private static List<Lexeme> createTable(List<Lexeme> in) throws SqlErrorException {
        int open = 2;
        while (open < in.size() && !in.get(open).is("(")) {
            open++;
        }
        int close = Lexemes.afterGroup(in, open) - 1;
        if (open >= close) {
            throw new SqlErrorException(SyntaxErrors.unknown("CREATE TABLE without columns", Lexemes.sql(in)));
        }
        boolean temporary = in.get(open - 1).text().startsWith("#");
        List<Lexeme> out = joined(temporary ? "CREATE LOCAL TEMPORARY TABLE" : "CREATE TABLE", in.subList(2, open));
        out.add(Lexeme.sign("("));
        out.addAll(elements(in.subList(open + 1, close)));
        out.add(Lexeme.sign(")"));
        if (temporary) {
            out.add(Lexeme.word("TRANSACTIONAL"));
        }
        return out;
    }

    static List<Lexeme> elements(List<Lexeme> body) throws SqlErrorException {
        List<Lexeme> out = new ArrayList<>();
        for (List<Lexeme> element : Lexemes.parts(body)) {
            if (!out.isEmpty()) {
                out.add(Lexeme.sign(","));
            }
            out.addAll(constraint(element) ? withoutPhysics(element) : ColumnDefinition.read(element).h2());
        }
        return out;
    }

    static boolean constraint(List<Lexeme> element) {
        return element.getFirst().isOneOf("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN");
    }

    /** Leaves out how an index is laid out on disk: clustering, order, options and file groups. */
    static List<Lexeme> withoutPhysics(List<Lexeme> in) {
        List<Lexeme> out = new ArrayList<>();
        for (int at = 0; at < in.size(); at++) {
            if (Lexemes.at(in, at, "WITH", "(")) {
                at = Lexemes.afterGroup(in, at + 1) - 1;
            } else if (!in.get(at).isOneOf("CLUSTERED", "NONCLUSTERED", "ASC", "DESC")) {
                out.add(in.get(at));
            }
        }
        return out;
    }

    /**
     * CREATE INDEX: included columns and, where the index is not unique, a filter only make it smaller or faster. NULL is
     * a value like any other in a unique index of SQL Server.
     */
    private static List<Lexeme> createIndex(List<Lexeme> in) throws SqlErrorException {
        int columns = 0;
        while (columns < in.size() && !in.get(columns).is("(")) {
            columns++;
        }
        int end = Lexemes.afterGroup(in, columns);
        boolean unique = in.get(1).is("UNIQUE");
        if (unique && in.subList(end, in.size()).stream().anyMatch(lexeme -> lexeme.is("WHERE"))) {
            throw new SqlErrorException(SyntaxErrors.unknown("unique filtered index", Lexemes.sql(in)));
        }
        List<Lexeme> out = joined(unique ? "CREATE UNIQUE NULLS NOT DISTINCT" : "CREATE", List.of());
        out.addAll(withoutPhysics(in.subList(unique ? 2 : 1, end)));
        return out;
    }

    /** {@code DROP INDEX x ON t}: names of indexes are unique in an H2 schema. */
    private static List<Lexeme> dropIndex(List<Lexeme> in) {
        int end = 2;
        while (end < in.size() && !in.get(end).is("ON")) {
            end++;
        }
        return in.subList(0, end);
    }
}
