package io.tokensync.tds.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.tokensync.tds.protocol.SqlErrorException;

/**
 * The list of what this endpoint translates from T-SQL to H2's SQL. It is kept short on purpose: a rule is added when
 * the project sends a statement that needs it, and at no other time.
 */
public final class Rewrites {
    private static final Set<String> HINTS = Set.of("HOLDLOCK", "NOLOCK", "UPDLOCK", "ROWLOCK", "XLOCK", "TABLOCK",
            "TABLOCKX", "READPAST", "READCOMMITTED", "READUNCOMMITTED", "REPEATABLEREAD", "SERIALIZABLE", "PAGLOCK",
            "NOWAIT", "FORCESEEK", "INDEX", "READCOMMITTEDLOCK");
    private static final String UTC_NOW = "CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS TIMESTAMP(7))";
    private static final Map<String, String> CONSTANT_FUNCTIONS = Map.of("SYSUTCDATETIME", UTC_NOW, "GETUTCDATE",
            UTC_NOW, "SYSDATETIME", "LOCALTIMESTAMP(7)", "SYSDATETIMEOFFSET", "CURRENT_TIMESTAMP(7)", "DB_NAME",
            "'tokens'", "SUSER_SNAME", "'sync'", "ORIGINAL_LOGIN", "'sync'", "SUSER_NAME", "'sync'", "SCHEMA_NAME",
            "'dbo'", "DB_ID", "5");
    private static final Map<String, String> RENAMED_FUNCTIONS = Map.of("COUNT_BIG", "COUNT", "DATALENGTH",
            "OCTET_LENGTH", "IIF", "CASEWHEN", "CHARINDEX", "LOCATE", "DATEDIFF_BIG", "DATEDIFF");
    private static final List<Rule> RULES = List.of(Rewrites::ownDatabase, Rewrites::temporaryName,
            Rewrites::informationSchema, Rewrites::tableHint, Rewrites::queryOption,
            Rewrites::mergeInto, Rewrites::notMatchedByTarget, Rewrites::binaryCollation, Rewrites::collation,
            Rewrites::constantFunction,
            Rewrites::renamedFunction, Rewrites::tryCast, Rewrites::castType, Rewrites::convertType,
            Rewrites::bitwiseAnd);

    private Rewrites() {}

    /** Who knows the value of a variable: a parameter, a local or {@code @@GLOBAL} one. */
    @FunctionalInterface
    public interface Variables {
        /** An expression of H2 for the variable. */
        String expression(String name) throws SqlErrorException;
    }

    /** The statement in H2's SQL. */
    public static String toH2(List<Lexeme> statement, Variables variables) throws SqlErrorException {
        return Lexemes.sql(bound(rewritten(Ddl.rewritten(statement)), variables));
    }

    /** A table's name in H2's SQL. */
    public static String table(List<Lexeme> name) throws SqlErrorException {
        return Lexemes.sql(rewritten(name));
    }

    /** The lexemes as text, for messages. */
    public static String text(List<Lexeme> lexemes) {
        return Lexemes.sql(lexemes);
    }

    static List<Lexeme> rewritten(List<Lexeme> in) throws SqlErrorException {
        List<Lexeme> out = new ArrayList<>();
        for (int at = 0; at < in.size();) {
            at += rewriteAt(in, at, out);
        }
        return out;
    }

    private static int rewriteAt(List<Lexeme> in, int at, List<Lexeme> out) throws SqlErrorException {
        for (Rule rule : RULES) {
            int taken = rule.apply(in, at, out);
            if (taken > 0) {
                return taken;
            }
        }
        out.add(in.get(at));
        return 1;
    }

    private static List<Lexeme> bound(List<Lexeme> in, Variables variables) throws SqlErrorException {
        List<Lexeme> out = new ArrayList<>();
        for (Lexeme lexeme : in) {
            out.add(lexeme.kind() == Lexeme.Kind.VARIABLE ? Lexeme.word(variables.expression(lexeme.text())) : lexeme);
        }
        return out;
    }

    /** {@code [tokens].dbo.x}: there is no other database. */
    private static int ownDatabase(List<Lexeme> in, int at, List<Lexeme> out) {
        boolean qualifies = in.get(at).isName() && in.get(at).text().equalsIgnoreCase("tokens")
                && Lexemes.at(in, at + 1, ".") && Lexemes.at(in, at + 3, ".");
        return qualifies ? 2 : 0;
    }

    /** {@code tempdb..#x}, {@code tempdb.dbo.#x} and {@code dbo.#x} are {@code #x}. */
    private static int temporaryName(List<Lexeme> in, int at, List<Lexeme> out) {
        if (!in.get(at).isName() || !Lexemes.at(in, at + 1, ".")) {
            return 0;
        }
        int name = at + 2;
        while (name < in.size() && name < at + 4 && (in.get(name).is(".") || in.get(name).isName())
                && !temporary(in.get(name))) {
            name++;
        }
        boolean qualified = name < in.size() && temporary(in.get(name)) && in.get(name - 1).is(".");
        if (qualified) {
            out.add(in.get(name));
        }
        return qualified ? name + 1 - at : 0;
    }

    /** The two views whose columns H2 fills with other words than SQL Server. */
    private static int informationSchema(List<Lexeme> in, int at, List<Lexeme> out) {
        boolean ours = Lexemes.at(in, at, "INFORMATION_SCHEMA", ".", "COLUMNS")
                || Lexemes.at(in, at, "INFORMATION_SCHEMA", ".", "TABLES");
        if (ours) {
            out.add(Lexeme.word("sys.information_schema_" + in.get(at + 2).text().toLowerCase(Locale.ROOT)));
        }
        return ours ? 3 : 0;
    }

    private static boolean temporary(Lexeme lexeme) {
        return lexeme.isName() && lexeme.text().startsWith("#");
    }

    /** {@code WITH (HOLDLOCK, ...)}: H2 locks rows in its own way. */
    private static int tableHint(List<Lexeme> in, int at, List<Lexeme> out) {
        boolean hint = Lexemes.at(in, at, "WITH", "(") && at + 2 < in.size()
                && HINTS.contains(in.get(at + 2).text().toUpperCase(Locale.ROOT));
        return hint ? Lexemes.afterGroup(in, at + 1) - at : 0;
    }

    /** {@code OPTION (...)}. */
    private static int queryOption(List<Lexeme> in, int at, List<Lexeme> out) {
        return Lexemes.at(in, at, "OPTION", "(") ? Lexemes.afterGroup(in, at + 1) - at : 0;
    }

    private static int mergeInto(List<Lexeme> in, int at, List<Lexeme> out) {
        if (at != 0 || !in.getFirst().is("MERGE") || Lexemes.at(in, 1, "INTO")) {
            return 0;
        }
        out.add(in.getFirst());
        out.add(Lexeme.word("INTO"));
        return 1;
    }

    private static int notMatchedByTarget(List<Lexeme> in, int at, List<Lexeme> out) {
        return Lexemes.at(in, at - 1, "MATCHED", "BY", "TARGET") ? 2 : 0;
    }

    /** {@code t.name COLLATE Latin1_General_100_BIN2}: told apart by every letter, whatever the column's own collation. */
    private static int binaryCollation(List<Lexeme> in, int at, List<Lexeme> out) {
        int end = Lexemes.at(in, at + 1, ".") ? at + 3 : at + 1;
        boolean binary = in.get(at).isName() && !Lexemes.at(in, at - 1, ".") && Lexemes.at(in, end, "COLLATE")
                && end + 1 < in.size() && in.get(end + 1).text().toUpperCase(Locale.ROOT).contains("_BIN");
        if (binary) {
            out.addAll(List.of(Lexeme.word("CAST"), Lexeme.sign("(")));
            out.addAll(in.subList(at, end));
            out.addAll(List.of(Lexeme.word("AS"), Lexeme.word("VARCHAR"), Lexeme.sign(")")));
        }
        return binary ? end + 2 - at : 0;
    }

    /** In an expression; in a column's definition the collation decides about the type, see {@link DeclaredType}. */
    private static int collation(List<Lexeme> in, int at, List<Lexeme> out) {
        return Lexemes.at(in, at, "COLLATE") ? 2 : 0;
    }

    private static int constantFunction(List<Lexeme> in, int at, List<Lexeme> out) {
        String constant = CONSTANT_FUNCTIONS.get(in.get(at).text().toUpperCase(Locale.ROOT));
        if (constant == null || !Lexemes.at(in, at + 1, "(", ")")) {
            return 0;
        }
        out.add(Lexeme.word(constant));
        return 3;
    }

    private static int renamedFunction(List<Lexeme> in, int at, List<Lexeme> out) {
        String name = RENAMED_FUNCTIONS.get(in.get(at).text().toUpperCase(Locale.ROOT));
        if (name == null || !Lexemes.at(in, at + 1, "(")) {
            return 0;
        }
        out.add(Lexeme.word(name));
        return 1;
    }

    /** {@code TRY_CAST(x AS DECIMAL(p, s))}: H2's CAST fails where this is null. */
    private static int tryCast(List<Lexeme> in, int at, List<Lexeme> out) throws SqlErrorException {
        if (!Lexemes.at(in, at, "TRY_CAST", "(")) {
            return 0;
        }
        int type = at;
        while (type < in.size() && !Lexemes.at(in, type, "AS", "DECIMAL")) {
            type++;
        }
        int end = Lexemes.afterGroup(in, at + 1);
        if (type >= end) {
            return 0;
        }
        out.add(Lexeme.word("dbo.TRY_DECIMAL"));
        out.add(Lexeme.sign("("));
        out.addAll(rewritten(in.subList(at + 2, type)));
        out.add(Lexeme.sign(","));
        out.addAll(in.subList(type + 3, end - 1));
        return end - at;
    }

    /** The type of {@code CAST(x AS type)}. */
    private static int castType(List<Lexeme> in, int at, List<Lexeme> out) throws SqlErrorException {
        int extent = Lexemes.at(in, at, "AS") ? DeclaredType.extent(in, at + 1) : 0;
        if (extent == 0 || !Lexemes.at(in, at + 1 + extent, ")")) {
            return 0;
        }
        out.add(in.get(at));
        out.add(Lexeme.word(DeclaredType.read(in.subList(at + 1, at + 1 + extent), null).h2Cast()));
        return 1 + extent;
    }

    /** The type of {@code CONVERT(type, x)}. */
    private static int convertType(List<Lexeme> in, int at, List<Lexeme> out) throws SqlErrorException {
        int extent = Lexemes.at(in, at, "CONVERT", "(") ? DeclaredType.extent(in, at + 2) : 0;
        if (extent == 0 || !Lexemes.at(in, at + 2 + extent, ",")) {
            return 0;
        }
        out.add(in.get(at));
        out.add(in.get(at + 1));
        out.add(Lexeme.word(DeclaredType.read(in.subList(at + 2, at + 2 + extent), null).h2Cast()));
        return 2 + extent;
    }

    /** {@code 32 & @@OPTIONS}. */
    private static int bitwiseAnd(List<Lexeme> in, int at, List<Lexeme> out) {
        boolean and = in.get(at).kind() == Lexeme.Kind.NUMBER && Lexemes.at(in, at + 1, "&") && at + 2 < in.size();
        if (and) {
            out.addAll(List.of(Lexeme.word("BITAND"), Lexeme.sign("("), in.get(at), Lexeme.sign(","), in.get(at + 2),
                    Lexeme.sign(")")));
        }
        return and ? 3 : 0;
    }
}
