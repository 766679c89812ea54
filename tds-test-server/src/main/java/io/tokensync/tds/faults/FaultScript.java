package io.tokensync.tds.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The faults of one endpoint. A fault is armed by {@link #on}, hits the events its occasion names, and is used up.
 *
 * <p>Where several faults match one event, the one scripted first hits and the others still count the event.
 */
public final class FaultScript {
    private final List<Fault> faults = new ArrayList<>();

    /** Arms a fault. */
    public synchronized FaultScript on(Occasion occasion, Effect effect) {
        faults.add(new Fault(occasion, effect));
        return this;
    }

    /**
     * An Azure SQL failover: so many logins are rejected with 40613, then every later one is sent to the other endpoint.
     */
    public FaultScript failover(int rejectedLogins, String host, int port) {
        on(Occasion.login(1).times(rejectedLogins), new Effect.Fail(AzureErrors.databaseUnavailable()));
        return on(Occasion.login(rejectedLogins + 1).always(), new Effect.Redirect(host, port));
    }

    /** Disarms everything. */
    public synchronized void clear() {
        faults.clear();
    }

    /** How many armed faults have events to hit yet; a test that ends with more than none has not tested them. */
    public synchronized int pending() {
        return (int) faults.stream().filter(fault -> fault.seen < fault.last()).count();
    }

    /** Counts the event and says what it is to suffer. */
    public synchronized Optional<Effect> happening(Event event) {
        Effect hit = null;
        for (Fault fault : faults) {
            if (fault.occasion.matches().test(event) && fault.hits() && hit == null) {
                hit = fault.effect;
            }
        }
        return Optional.ofNullable(hit);
    }

    private static final class Fault {
        private final Occasion occasion;
        private final Effect effect;
        private long seen;

        private Fault(Occasion occasion, Effect effect) {
            this.occasion = occasion;
            this.effect = effect;
        }

        private long last() {
            return occasion.first() + occasion.times() - 1;
        }

        private boolean hits() {
            seen++;
            return seen >= occasion.first() && seen <= last();
        }
    }
}
