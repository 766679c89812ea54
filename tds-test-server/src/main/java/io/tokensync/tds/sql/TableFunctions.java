package io.tokensync.tds.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The inline table-valued functions of a database, which H2 does not have: where one is called its query stands, with the arguments in
 * the place of the parameters. They are outside transactions. Thread-safe.
 */
public final class TableFunctions {
    private final Map<String, Function> functions = new ConcurrentHashMap<>();

    private record Function(List<String> parameters, List<Lexeme> query) {}

    /** Takes the definition of a function; false when the statement is something else. */
    public boolean define(List<Lexeme> statement) {
        int name = Lexemes.at(statement, 0, "CREATE", "OR", "ALTER", "FUNCTION") ? 4 : 2;
        if (name == 2 && !Lexemes.at(statement, 0, "CREATE", "FUNCTION")) {
            return false;
        }
        int open = name;
        while (open < statement.size() && !statement.get(open).is("(")) {
            open++;
        }
        int close = Lexemes.afterGroup(statement, open);
        if (!Lexemes.at(statement, close, "RETURNS", "TABLE", "AS", "RETURN", "(")) {
            return false;
        }
        List<String> parameters = Lexemes.parts(statement.subList(open + 1, close - 1)).stream()
                .map(parameter -> parameter.getFirst().text().toLowerCase(Locale.ROOT)).toList();
        List<Lexeme> query = List.copyOf(statement.subList(close + 5, Lexemes.afterGroup(statement, close + 4) - 1));
        functions.put(key(statement.get(open - 1)), new Function(parameters, query));
        return true;
    }

    /** The statement with the queries of the functions that it calls as {@code dbo.name(...)}. */
    public List<Lexeme> expanded(List<Lexeme> statement) {
        List<Lexeme> out = new ArrayList<>();
        for (int at = 0; at < statement.size();) {
            Function function = Lexemes.at(statement, at, "dbo", ".") && Lexemes.at(statement, at + 3, "(")
                    ? functions.get(key(statement.get(at + 2)))
                    : null;
            if (function == null) {
                out.add(statement.get(at++));
            } else {
                int end = Lexemes.afterGroup(statement, at + 3);
                out.add(Lexeme.sign("("));
                out.addAll(called(function, Lexemes.parts(statement.subList(at + 4, end - 1))));
                out.add(Lexeme.sign(")"));
                at = end;
            }
        }
        return out;
    }

    private static List<Lexeme> called(Function function, List<List<Lexeme>> arguments) {
        Map<String, List<Lexeme>> values = new HashMap<>();
        for (int i = 0; i < function.parameters().size(); i++) {
            values.put(function.parameters().get(i), arguments.get(i));
        }
        List<Lexeme> query = new ArrayList<>();
        for (Lexeme lexeme : function.query()) {
            query.addAll(values.getOrDefault(lexeme.text().toLowerCase(Locale.ROOT), List.of(lexeme)));
        }
        return query;
    }

    private static String key(Lexeme name) {
        return name.text().toLowerCase(Locale.ROOT);
    }
}
