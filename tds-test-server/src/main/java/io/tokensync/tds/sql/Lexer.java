package io.tokensync.tds.sql;

import java.util.ArrayList;
import java.util.List;

import io.tokensync.tds.protocol.SqlErrorException;

/** Cuts a batch into lexemes. */
final class Lexer {
    private static final List<String> LONG_SIGNS = List.of("<>", "<=", ">=", "!=", "+=", "-=", "||");

    private final String text;
    private final List<Lexeme> lexemes = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Lexeme> read(String text) throws SqlErrorException {
        Lexer lexer = new Lexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        return lexer.lexemes;
    }

    private void next() throws SqlErrorException {
        char c = text.charAt(at);
        if (Character.isWhitespace(c) || c == '\0') {
            at++;
        } else if (text.startsWith("--", at)) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (text.startsWith("/*", at)) {
            comment();
        } else if (c == '\'') {
            add(Lexeme.Kind.STRING, enclosed('\''));
        } else if ((c == 'N' || c == 'n') && at + 1 < text.length() && text.charAt(at + 1) == '\'') {
            at++;
            add(Lexeme.Kind.STRING, enclosed('\''));
        } else if (c == '[') {
            add(Lexeme.Kind.QUOTED, enclosed(']'));
        } else if (c == '"') {
            add(Lexeme.Kind.QUOTED, enclosed('"'));
        } else {
            plain(c);
        }
    }

    private void plain(char c) {
        if (Character.isDigit(c) || startsFraction(c)) {
            number();
        } else if (c == '@') {
            add(Lexeme.Kind.VARIABLE, run());
        } else if (namePart(c)) {
            add(Lexeme.Kind.WORD, run());
        } else {
            String sign = LONG_SIGNS.stream().filter(s -> text.startsWith(s, at)).findFirst().orElse(String.valueOf(c));
            at += sign.length();
            add(Lexeme.Kind.SIGN, sign);
        }
    }

    /** A dot before a digit is a number, unless it parts two names. */
    private boolean startsFraction(char c) {
        boolean afterName = !lexemes.isEmpty() && lexemes.getLast().isName();
        return c == '.' && !afterName && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
    }

    private static boolean namePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '#' || c == '@' || c == '$';
    }

    private String run() {
        int from = at;
        while (at < text.length() && namePart(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private void number() {
        int from = at;
        while (at < text.length() && numberPart(from)) {
            at++;
        }
        add(Lexeme.Kind.NUMBER, text.substring(from, at));
    }

    private boolean numberPart(int from) {
        char c = text.charAt(at);
        boolean hexadecimal = text.startsWith("0x", from) || text.startsWith("0X", from);
        boolean exponentSign = !hexadecimal && (c == '+' || c == '-') && at > from
                && Character.toLowerCase(text.charAt(at - 1)) == 'e';
        return Character.isLetterOrDigit(c) || c == '.' || exponentSign;
    }

    private void comment() throws SqlErrorException {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw new SqlErrorException(SyntaxErrors.unclosed("comment", text));
        }
        at = end + 2;
    }

    /** Reads up to the closing sign, which stands for itself where it is doubled. */
    private String enclosed(char closing) throws SqlErrorException {
        StringBuilder content = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == closing) {
                at++;
                if (at == text.length() || text.charAt(at) != closing) {
                    return content.toString();
                }
            }
            content.append(c);
        }
        throw new SqlErrorException(SyntaxErrors.unclosed("quotation mark", content.toString()));
    }

    private void add(Lexeme.Kind kind, String content) {
        lexemes.add(new Lexeme(kind, content));
    }
}
