package io.tokensync.common.address;

import java.util.ArrayList;
import java.util.List;

/**
 * A connection string of ADO.NET or ODBC in its pairs: {@code keyword=value;…}. A value that begins with {@code '},
 * {@code "} or <code>{</code> reaches to the next one, or to the brace that closes it; doubled, that character is part of
 * the value. Every other value reaches to the semicolon, blanks around it left out.
 */
final class ConnectionString {
    private final String text;
    private final List<Pair> pairs = new ArrayList<>();
    private int at;

    /** A keyword as it is written, and its value without quotes. */
    record Pair(String keyword, String value) {}

    private ConnectionString(String text) {
        this.text = text;
    }

    static List<Pair> parse(String text) {
        ConnectionString reading = new ConnectionString(text);
        while (reading.skipBlanks()) {
            reading.readPair();
        }
        return List.copyOf(reading.pairs);
    }

    /** Whether there is anything behind blanks and semicolons. */
    private boolean skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ';' || Character.isWhitespace(text.charAt(at)))) {
            at++;
        }
        return at < text.length();
    }

    private void readPair() {
        int equals = text.indexOf('=', at);
        int semicolon = text.indexOf(';', at);
        if (equals < 0 || (semicolon >= 0 && semicolon < equals)) {
            throw new IllegalArgumentException("the connection string has something without =" + place()
                    + "; a value with a semicolon belongs in quotes or braces");
        }
        String keyword = text.substring(at, equals).strip();
        if (keyword.isEmpty()) {
            throw new IllegalArgumentException("the connection string has a value without keyword" + place()
                    + "; a value with an equals sign in front belongs in quotes or braces");
        }
        at = equals + 1;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        pairs.add(new Pair(keyword, at < text.length() ? value() : ""));
    }

    private String value() {
        return switch (text.charAt(at)) {
            case '\'' -> quoted('\'');
            case '"' -> quoted('"');
            case '{' -> quoted('}');
            default -> plain();
        };
    }

    private String plain() {
        int semicolon = text.indexOf(';', at);
        int end = semicolon < 0 ? text.length() : semicolon;
        String value = text.substring(at, end).strip();
        at = end;
        return value;
    }

    private String quoted(char closer) {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == closer && !isNext(closer)) {
                at++;
                requireEnd();
                return value.toString();
            }
            at += c == closer ? 1 : 0;
            value.append(c);
        }
        throw new IllegalArgumentException("the connection string opens a quote or brace that it does not close"
                + place());
    }

    private boolean isNext(char c) {
        return at + 1 < text.length() && text.charAt(at + 1) == c;
    }

    private void requireEnd() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) != ';') {
            throw new IllegalArgumentException(
                    "the connection string goes on behind the closing quote or brace" + place()
                            + "; a quote or brace inside of a value is written twice");
        }
    }

    /** Where it is, without repeating what may be a piece of a secret: the text of a keyword is one only if it is known. */
    private String place() {
        return Keywords.place(pairs.stream().map(Pair::keyword).toList());
    }
}
