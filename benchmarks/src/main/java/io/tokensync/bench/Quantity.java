package io.tokensync.bench;

import java.util.Locale;

/** Numbers as people read them: no more digits than a measurement on a shared machine is worth. */
final class Quantity {
    private static final double WHOLE = 100;
    private static final double ONE_DIGIT = 10;

    private Quantity() {}

    static String text(double value) {
        if (Math.abs(value) >= WHOLE) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= ONE_DIGIT ? "%.1f" : "%.2f", value);
    }
}
