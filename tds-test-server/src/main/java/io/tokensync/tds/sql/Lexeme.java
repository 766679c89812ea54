package io.tokensync.tds.sql;

/**
 * A word, literal or sign of T-SQL; comments and space are gone.
 *
 * @param text without its quotes or brackets
 */
public record Lexeme(Kind kind, String text) {
    /** What it is. */
    public enum Kind {
        /** A name or keyword, {@code #temp} among them. */
        WORD,
        /** A name in brackets or double quotes. */
        QUOTED,
        /** A literal in single quotes, with or without N. */
        STRING,
        NUMBER,
        /** {@code @name} and {@code @@name}. */
        VARIABLE,
        SIGN
    }

    static Lexeme word(String text) {
        return new Lexeme(Kind.WORD, text);
    }

    static Lexeme sign(String text) {
        return new Lexeme(Kind.SIGN, text);
    }

    static Lexeme string(String text) {
        return new Lexeme(Kind.STRING, text);
    }

    /** Whether it is this keyword or sign; keywords in any case. */
    public boolean is(String expected) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(expected);
    }

    boolean isOneOf(String... expected) {
        for (String one : expected) {
            if (is(one)) {
                return true;
            }
        }
        return false;
    }

    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /** How H2 wants it. */
    String sql() {
        return switch (kind) {
            case WORD -> text.startsWith("#") ? quoted() : text;
            case QUOTED -> quoted();
            case STRING -> "'" + text.replace("'", "''") + "'";
            case NUMBER, VARIABLE, SIGN -> text;
        };
    }

    private String quoted() {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
