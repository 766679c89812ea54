package io.tokensync.cli.check;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.tokensync.cli.operator.Probe;

/**
 * How a probe ended.
 *
 * @param probe what was tried
 * @param passed whether it worked
 * @param took how long it was tried
 * @param answer what was found, or why it does not work
 * @param cure what to do about it; empty when it worked, and worked well
 */
record ProbeResult(Probe probe, boolean passed, Duration took, String answer, String cure) {
    /** A line for people. */
    String line() {
        String outcome = !passed ? "FAILED" : cure.isEmpty() ? "passed" : "WARNED";
        return String.format(Locale.ROOT, "%s  %-17s %,6d ms  %s: %s%s", outcome, probe.name(), took.toMillis(),
                probe.tried(), answer, cure.isEmpty() ? "" : "; " + cure);
    }

    /** The same for machines. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("check", probe.name());
        fields.put("tried", probe.tried());
        fields.put("passed", passed);
        fields.put("millis", took.toMillis());
        fields.put("detail", answer);
        fields.put("cure", cure);
        return fields;
    }
}
