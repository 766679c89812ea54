package io.tokensync.monitor.table.jdbc;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Values as the nodes write them. */
final class Amounts {
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,30}(\\.\\d{1,30})?");

    private Amounts() {}

    /** The number; nothing for what is none. */
    static BigDecimal of(Object text) {
        return text instanceof String number && AMOUNT.matcher(number).matches()
                ? new BigDecimal(number)
                : BigDecimal.ZERO;
    }
}
