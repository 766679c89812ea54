package io.tokensync.tds.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The SET options that are known: some change the session, the others are taken and mean nothing here. */
final class SetOptions {
    private static final Set<String> WITH_ONE_VALUE = Set.of("NOCOUNT", "XACT_ABORT", "IMPLICIT_TRANSACTIONS",
            "LOCK_TIMEOUT", "FMTONLY", "TEXTSIZE", "ROWCOUNT", "DEADLOCK_PRIORITY", "ANSI_NULLS", "ANSI_PADDING",
            "ANSI_WARNINGS", "ANSI_DEFAULTS", "ANSI_NULL_DFLT_ON", "QUOTED_IDENTIFIER", "ARITHABORT",
            "CONCAT_NULL_YIELDS_NULL", "NUMERIC_ROUNDABORT", "CURSOR_CLOSE_ON_COMMIT", "LANGUAGE", "DATEFORMAT",
            "DATEFIRST");

    private SetOptions() {}

    static boolean startsAt(List<Lexeme> lexemes, int at) {
        if (!Lexemes.at(lexemes, at, "SET") || at + 1 >= lexemes.size()) {
            return false;
        }
        Lexeme option = lexemes.get(at + 1);
        boolean assignment = Lexemes.at(lexemes, at + 2, "=") || Lexemes.at(lexemes, at + 2, ".");
        return !assignment && option.kind() == Lexeme.Kind.WORD
                && (WITH_ONE_VALUE.contains(option.text().toUpperCase(Locale.ROOT))
                        || option.isOneOf("TRANSACTION", "IDENTITY_INSERT"));
    }

    /** The index after the option that starts here. */
    static int end(List<Lexeme> lexemes, int at) {
        int end = at + 3;
        if (Lexemes.at(lexemes, at + 1, "TRANSACTION")) {
            boolean twoWords = Lexemes.at(lexemes, at + 4, "READ") || Lexemes.at(lexemes, at + 4, "REPEATABLE");
            end = at + (twoWords ? 6 : 5);
        } else if (Lexemes.at(lexemes, at + 1, "IDENTITY_INSERT")) {
            while (end < lexemes.size() && !lexemes.get(end - 1).isOneOf("ON", "OFF")) {
                end++;
            }
        } else if (Lexemes.at(lexemes, at + 2, "-")) {
            end++;
        }
        return Math.min(end, lexemes.size());
    }

    static Statement.SetOption read(List<Lexeme> lexemes) {
        StringBuilder value = new StringBuilder();
        for (Lexeme lexeme : lexemes.subList(2, lexemes.size())) {
            value.append(value.isEmpty() || value.toString().equals("-") ? "" : " ").append(lexeme.text());
        }
        return new Statement.SetOption(lexemes.get(1).text().toUpperCase(Locale.ROOT),
                value.toString().toUpperCase(Locale.ROOT));
    }
}
