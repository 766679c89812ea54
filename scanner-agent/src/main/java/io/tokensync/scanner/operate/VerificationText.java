package io.tokensync.scanner.operate;

import java.time.temporal.ChronoUnit;
import java.util.Locale;

import io.tokensync.common.verification.NodeDigest.Repaired;
import io.tokensync.scanner.report.AgentStatus.LastVerification;

/** The last verification of a node for people, in one line. */
public final class VerificationText {
    private VerificationText() {}

    /** One line without its end. */
    public static String of(LastVerification it) {
        return outcome(it) + repaired(it.repaired()) + "; digest " + it.digest();
    }

    private static String outcome(LastVerification it) {
        String of = String.format(Locale.ROOT, "%s, %,d rows", it.asOf().truncatedTo(ChronoUnit.SECONDS), it.rows());
        if (it.answer() == null) {
            return "read as of " + of + ", and not yet compared with the table";
        }
        String table = String.format(Locale.ROOT, "%,d", it.answer().tableRows());
        return switch (it.answer().outcome()) {
            case "equal" -> "equal to the table as of " + of;
            case "unsettled" -> "changed while it was compared: as of " + of + ", the table has " + table;
            case "contested" -> "two agents claim this node: as of " + of + ", the table has " + table;
            default -> "differs from the table: as of " + of + ", the table has " + table
                    + (it.answer().repairing() ? "; being repaired" : "");
        };
    }

    private static String repaired(Repaired it) {
        return it.equals(Repaired.NOTHING)
                ? ""
                : String.format(Locale.ROOT,
                        "; before that %,d rows published again, %,d deleted, %,d deletions deferred",
                        it.republished(), it.deleted(), it.deferred());
    }
}
