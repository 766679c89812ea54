package io.tokensync.tds.sql;

import java.util.ArrayList;
import java.util.List;

import io.tokensync.tds.protocol.SqlErrorException;

/** ALTER TABLE: new columns, new types, constraints, named defaults, and how locks escalate. */
final class AlterTable {
    private AlterTable() {}

    static List<Lexeme> rewritten(List<Lexeme> in) throws SqlErrorException {
        int name = 3;
        while (Lexemes.at(in, name, ".")) {
            name += 2;
        }
        List<Lexeme> head = in.subList(0, name);
        List<Lexeme> action = in.subList(name, in.size());
        if (Lexemes.at(action, 0, "WITH")) {
            action = action.subList(2, action.size());
        }
        if (Lexemes.at(action, 0, "ADD")) {
            return added(head, action.subList(1, action.size()));
        }
        if (Lexemes.at(action, 0, "ALTER", "COLUMN")) {
            List<Lexeme> column = ColumnDefinition.read(action.subList(2, action.size())).h2();
            return joined(head, "ALTER COLUMN", column);
        }
        if (Lexemes.at(action, 0, "SET", "(", "LOCK_ESCALATION", "=")) {
            // H2 knows row locks only; what is left is that the table must be there.
            return joined(head, "SET REFERENTIAL_INTEGRITY TRUE", List.of());
        }
        return in;
    }

    private static List<Lexeme> added(List<Lexeme> head, List<Lexeme> elements) throws SqlErrorException {
        if (Lexemes.at(elements, 0, "CONSTRAINT") && Lexemes.at(elements, 2, "DEFAULT")) {
            return defaultAdded(head, elements);
        }
        if (Ddl.constraint(elements)) {
            return joined(head, "ADD", Ddl.withoutPhysics(elements));
        }
        List<Lexeme> all = new ArrayList<>();
        all.add(Lexeme.sign("("));
        all.addAll(Ddl.elements(elements));
        all.add(Lexeme.sign(")"));
        return joined(head, "ADD", all);
    }

    /** {@code ADD CONSTRAINT name DEFAULT value FOR column}. */
    private static List<Lexeme> defaultAdded(List<Lexeme> head, List<Lexeme> elements) {
        int last = elements.size() - 1;
        List<Lexeme> value = new ArrayList<>(List.of(elements.get(last), Lexeme.word("SET DEFAULT")));
        value.addAll(elements.subList(3, last - 1));
        return joined(head, "ALTER COLUMN", value);
    }

    private static List<Lexeme> joined(List<Lexeme> head, String verb, List<Lexeme> tail) {
        List<Lexeme> out = new ArrayList<>(head);
        out.add(Lexeme.word(verb));
        out.addAll(tail);
        return out;
    }
}
