package io.tokensync.cli.terminal;

/**
 * Text from outside, fit to be printed: what a terminal obeys instead of showing it is written as {@code \}{@code u001b}.
 * In JSON that is the same text again.
 */
public final class Printable {
    private Printable() {}

    /** On one line: line ends and tabs too are written out. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** On as many lines as it has. */
    public static String lines(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean keepsLines) {
        if (text.codePoints().allMatch(c -> isShown(c, keepsLines))) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isShown(c, keepsLines)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return shown.toString();
    }

    /** Neither a control character, nor one that turns the direction of text, nor half of one. */
    private static boolean isShown(int codePoint, boolean keepsLines) {
        if (keepsLines && (codePoint == '\n' || codePoint == '\t')) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            case Character.FORMAT -> !isDirection(codePoint);
            default -> true;
        };
    }

    private static boolean isDirection(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069)
                || codePoint == 0x200E || codePoint == 0x200F || codePoint == 0x061C;
    }
}
