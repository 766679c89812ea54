package io.tokensync.scanner.sqlite;

import java.util.Comparator;

/** The order of SQLite's BINARY collation: bytes of UTF-8, which is the order of code points and not of Java's chars. */
public final class KeyOrder implements Comparator<String> {
    public static final KeyOrder INSTANCE = new KeyOrder();

    private KeyOrder() {}

    @Override
    public int compare(String one, String two) {
        int length = Math.min(one.length(), two.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = two.charAt(i);
            if (a != b) {
                // A surrogate stands for a code point above all those that one char holds.
                boolean surrogateA = Character.isSurrogate(a);
                return surrogateA == Character.isSurrogate(b) ? Character.compare(a, b) : surrogateA ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), two.length());
    }
}
