package io.tokensync.cli.operator;

import java.util.List;

/**
 * Probes of one system.
 *
 * @param first without which the others make no sense
 * @param rest tried side by side when the first has worked
 */
public record ProbeGroup(Probe first, List<Probe> rest) {
    public ProbeGroup {
        rest = List.copyOf(rest);
    }

    /** One probe alone. */
    public static ProbeGroup of(Probe only) {
        return new ProbeGroup(only, List.of());
    }
}
