package io.tokensync.tds.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.tokensync.tds.protocol.SqlErrorException;

/**
 * Tells the statements of a batch apart. They end with a semicolon, or where their form says so (SET, transactions, IF),
 * or before a SET option, COMMIT, ROLLBACK, EXEC or DECLARE.
 */
public final class BatchParser {
    private static final Set<String> STARTS = Set.of("SET", "IF", "BEGIN", "COMMIT", "ROLLBACK", "SAVE", "INSERT",
            "UPDATE", "DELETE", "MERGE", "SELECT", "CREATE", "ALTER", "DROP", "TRUNCATE", "EXEC", "EXECUTE", "DECLARE",
            "USE", "PRINT", "THROW", "RAISERROR", "WAITFOR", "RETURN", "END", "ELSE");

    private static final int DEEPEST = 32;

    private final String text;
    private final List<Lexeme> lexemes;
    private int at;
    private int depth;

    private BatchParser(String text) throws SqlErrorException {
        this.text = text;
        this.lexemes = Lexer.read(text);
    }

    public static List<Statement> parse(String text) throws SqlErrorException {
        BatchParser parser = new BatchParser(text);
        List<Statement> statements = parser.statements();
        if (parser.at < parser.lexemes.size()) {
            throw parser.unknown("a stray " + parser.lexemes.get(parser.at).text());
        }
        return statements;
    }

    private SqlErrorException unknown(String detail) {
        return new SqlErrorException(SyntaxErrors.unknown(detail, text));
    }

    private List<Statement> statements() throws SqlErrorException {
        List<Statement> statements = new ArrayList<>();
        skipSemicolons();
        while (at < lexemes.size() && !is("END") && !is("ELSE")) {
            statements.add(statement());
            skipSemicolons();
        }
        return statements;
    }

    private void skipSemicolons() {
        while (is(";")) {
            at++;
        }
    }

    private boolean is(String... expected) {
        return Lexemes.at(lexemes, at, expected);
    }

    private boolean accept(String expected) {
        boolean found = is(expected);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String expected) throws SqlErrorException {
        if (!accept(expected)) {
            throw unknown("expected " + expected);
        }
    }

    private Lexeme next() throws SqlErrorException {
        if (at == lexemes.size()) {
            throw unknown("the text ends too early");
        }
        return lexemes.get(at++);
    }

    private Statement statement() throws SqlErrorException {
        if (++depth > DEEPEST) {
            throw unknown("nested too deeply");
        }
        try {
            return statementHere();
        } finally {
            depth--;
        }
    }

    private Statement statementHere() throws SqlErrorException {
        String word = lexemes.get(at).kind() == Lexeme.Kind.WORD ? lexemes.get(at).text().toUpperCase(Locale.ROOT) : "";
        return switch (word) {
            case "SET" -> set();
            case "IF" -> condition();
            case "BEGIN" -> begin();
            case "COMMIT", "ROLLBACK", "SAVE" -> transaction(word);
            case "INSERT" -> is("INSERT", "BULK") ? insertBulk() : plain();
            case "DECLARE" -> declare();
            case "EXEC", "EXECUTE" -> execute();
            case "USE" -> use();
            case "THROW", "RAISERROR", "PRINT", "WAITFOR" -> SimpleStatements.read(word, rest(), text);
            default -> word.startsWith("SP_") ? execute() : plain();
        };
    }

    private Statement set() throws SqlErrorException {
        if (at + 1 < lexemes.size() && lexemes.get(at + 1).kind() == Lexeme.Kind.VARIABLE) {
            at++;
            String variable = next().text();
            expect("=");
            return new Statement.Assign(variable, List.of(), rest());
        }
        if (!SetOptions.startsAt(lexemes, at)) {
            throw unknown("SET option");
        }
        int end = SetOptions.end(lexemes, at);
        Statement.SetOption option = SetOptions.read(lexemes.subList(at, end));
        at = end;
        return option;
    }

    private Statement condition() throws SqlErrorException {
        int from = ++at;
        while (at < lexemes.size() && !startsStatement()) {
            at = is("(") ? Lexemes.afterGroup(lexemes, at) : at + 1;
        }
        List<Lexeme> condition = List.copyOf(lexemes.subList(from, at));
        if (condition.isEmpty() || at == lexemes.size()) {
            throw unknown("IF without a condition or a statement");
        }
        Statement then = statement();
        int after = at;
        skipSemicolons();
        if (accept("ELSE")) {
            return new Statement.If(condition, then, Optional.of(statement()));
        }
        at = after;
        return new Statement.If(condition, then, Optional.empty());
    }

    private boolean startsStatement() {
        Lexeme lexeme = lexemes.get(at);
        return lexeme.kind() == Lexeme.Kind.WORD && STARTS.contains(lexeme.text().toUpperCase(Locale.ROOT));
    }

    private Statement begin() throws SqlErrorException {
        at++;
        if (accept("TRAN") || accept("TRANSACTION")) {
            optionalName();
            return new Statement.Begin();
        }
        if (accept("TRY")) {
            Statement attempt = blockUpTo("TRY");
            skipSemicolons();
            expect("BEGIN");
            expect("CATCH");
            return new Statement.TryCatch(attempt, blockUpTo("CATCH"));
        }
        Statement block = new Statement.Block(statements());
        expect("END");
        return block;
    }

    private Statement blockUpTo(String closing) throws SqlErrorException {
        Statement block = new Statement.Block(statements());
        expect("END");
        expect(closing);
        return block;
    }

    private Statement transaction(String word) throws SqlErrorException {
        at++;
        boolean named = accept("TRAN") || accept("TRANSACTION");
        accept("WORK");
        Optional<String> name = named ? optionalName() : Optional.empty();
        return switch (word) {
            case "COMMIT" -> new Statement.Commit();
            case "ROLLBACK" -> new Statement.Rollback(name);
            default -> new Statement.Save(name.orElseThrow(() -> unknown("SAVE TRANSACTION without a name")));
        };
    }

    private Optional<String> optionalName() throws SqlErrorException {
        boolean named = at < lexemes.size() && lexemes.get(at).isName() && !startsStatement();
        return named ? Optional.of(next().text()) : Optional.empty();
    }

    private Statement insertBulk() throws SqlErrorException {
        at += 2;
        int from = at;
        while (at < lexemes.size() && !is("(")) {
            at++;
        }
        List<Lexeme> table = List.copyOf(lexemes.subList(from, at));
        int end = Lexemes.afterGroup(lexemes, at);
        if (table.isEmpty() || end < at + 2) {
            throw unknown("INSERT BULK without columns");
        }
        List<String> columns = Lexemes.parts(lexemes.subList(at + 1, end - 1)).stream()
                .map(column -> column.getFirst().text()).toList();
        at = end;
        if (accept("WITH")) {
            at = Lexemes.afterGroup(lexemes, at);
        }
        return new Statement.InsertBulk(table, columns);
    }

    private Statement declare() throws SqlErrorException {
        at++;
        List<Statement> declared = new ArrayList<>();
        for (List<Lexeme> one : Lexemes.parts(rest())) {
            if (one.getFirst().kind() != Lexeme.Kind.VARIABLE || Lexemes.at(one, 1, "TABLE")) {
                throw unknown("DECLARE of something else than scalar variables");
            }
            int equals = 1;
            while (equals < one.size() && !one.get(equals).is("=")) {
                equals++;
            }
            declared.add(
                    new Statement.Assign(one.getFirst().text(), one.subList(Lexemes.at(one, 1, "AS") ? 2 : 1, equals),
                            equals < one.size() ? one.subList(equals + 1, one.size()) : List.of(Lexeme.word("NULL"))));
        }
        return declared.size() == 1 ? declared.getFirst() : new Statement.Block(declared);
    }

    private Statement execute() throws SqlErrorException {
        if (is("EXEC") || is("EXECUTE")) {
            at++;
        }
        List<Lexeme> rest = rest();
        if (Lexemes.at(rest, 0, "(")) {
            return new Statement.Execute("sp_executesql", List.of(rest.subList(1, rest.size() - 1)));
        }
        if (Lexemes.at(rest, 1, "=")) {
            rest = rest.subList(2, rest.size());
        }
        int name = 0;
        while (Lexemes.at(rest, name + 1, ".")) {
            name += 2;
        }
        if (rest.isEmpty()) {
            throw unknown("EXEC of nothing");
        }
        return new Statement.Execute(rest.get(name).text().toLowerCase(Locale.ROOT),
                Lexemes.parts(rest.subList(name + 1, rest.size())));
    }

    private Statement use() throws SqlErrorException {
        at++;
        return new Statement.Use(next().text());
    }

    private Statement plain() {
        return new Statement.Plain(rest());
    }

    /** The lexemes up to the end of this statement. */
    private List<Lexeme> rest() {
        int from = at;
        int cases = 0;
        while (at < lexemes.size() && !(cases == 0 && endsPlain(from))) {
            cases += is("CASE") ? 1 : is("END") ? -1 : 0;
            at = is("(") ? Lexemes.afterGroup(lexemes, at) : at + 1;
        }
        return List.copyOf(lexemes.subList(from, at));
    }

    private boolean endsPlain(int from) {
        if (is(";") || is("END") || is("ELSE")) {
            return true;
        }
        if (at == from) {
            return false;
        }
        return SetOptions.startsAt(lexemes, at) || is("COMMIT") || is("ROLLBACK") || is("EXEC") || is("EXECUTE")
                || is("DECLARE") || is("BEGIN", "TRAN") || is("BEGIN", "TRANSACTION");
    }
}
