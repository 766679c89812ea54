package io.tokensync.cli.replay;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import io.tokensync.cli.operator.When;

/** From where a topic is read again. */
sealed interface StartPoint {
    /** The first record there still is. */
    record Beginning() implements StartPoint {}

    /** The first record that was appended then or later. */
    record Time(Instant instant) implements StartPoint {}

    /** An offset in each of some partitions; the others stay where they are. */
    record Offsets(Map<Integer, Long> byPartition) implements StartPoint {}

    /**
     * Reads what a person has typed.
     *
     * @throws IllegalArgumentException with what is understood
     */
    static StartPoint parse(String text, Clock clock) {
        if (text.equals("beginning")) {
            return new Beginning();
        }
        if (text.matches("\\d+:\\d{1,18}(,\\d{1,9}:\\d{1,18})*")) {
            Map<Integer, Long> offsets = new TreeMap<>();
            for (String pair : text.split(",", -1)) {
                String[] parts = pair.split(":", -1);
                if (offsets.put(Integer.parseInt(parts[0]), Long.parseLong(parts[1])) != null) {
                    throw new IllegalArgumentException("partition " + parts[0] + " is named twice");
                }
            }
            return new Offsets(offsets);
        }
        return When.parse(text, clock).<StartPoint>map(Time::new).orElseThrow(() -> new IllegalArgumentException(
                "'" + text + "' is not understood; give beginning, " + When.FORMS + ", or offsets (0:1200,3:77)"));
    }
}
