package io.tokensync.cli.terminal;

/** Text for a place that is only so wide. */
public final class TextWidth {
    private TextWidth() {}

    /** The text, or as much of its beginning as fits before an ellipsis; no character is cut in half. */
    public static String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int end = Math.max(0, width - 1);
        boolean half = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, half ? end - 1 : end) + "…";
    }
}
