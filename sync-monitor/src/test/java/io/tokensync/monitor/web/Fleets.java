package io.tokensync.monitor.web;

import java.time.Clock;

import io.tokensync.monitor.view.MonitorViews;

/** Simulated fleets for the tests of other packages. */
public final class Fleets {
    private Fleets() {}

    /** Three nodes on which all is well, without sessions. */
    public static MonitorViews small(Clock clock) {
        return new SimulatedFleet(3, 0, clock);
    }
}
