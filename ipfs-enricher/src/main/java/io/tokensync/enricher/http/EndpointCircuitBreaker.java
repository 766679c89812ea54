package io.tokensync.enricher.http;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.IllegalStateTransitionException;

/**
 * The circuit breaker of one endpoint, shared by all that ask it: open when half of its answers of the last seconds were
 * troubles, or for as long as the endpoint itself asks for; then a few requests try it out.
 */
public final class EndpointCircuitBreaker {
    /** Blocks that are missing at a busy endpoint time out one after the other; beside all it has answered they are few. */
    private static final int REMEMBERED_SECONDS = 5;
    private static final int FEWEST = 20;
    private static final int TRIALS = 5;
    private static final float HALF = 50;
    private static final Duration OPEN = Duration.ofSeconds(5);

    private final CircuitBreaker breaker;
    private final Clock clock;

    /** Whether requests pass. */
    public enum Position {
        /** All. */
        CLOSED(0),
        /** A few, to try it out. */
        HALF_OPEN(1),
        /** None. */
        OPEN(2);

        private final int value;

        Position(int value) {
            this.value = value;
        }

        /** As the metric of a single breaker. */
        public int value() {
            return value;
        }

        /** As the tag of the metric that counts breakers. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param name of the endpoint */
    public EndpointCircuitBreaker(String name, Clock clock) {
        this.clock = clock;
        this.breaker = CircuitBreaker.of(name,
                CircuitBreakerConfig.custom().slidingWindowType(SlidingWindowType.TIME_BASED)
                        .slidingWindowSize(REMEMBERED_SECONDS).minimumNumberOfCalls(FEWEST).failureRateThreshold(HALF)
                        .waitDurationInOpenState(OPEN).permittedNumberOfCallsInHalfOpenState(TRIALS).clock(clock)
                        .build());
    }

    /** Whether requests pass. */
    public Position position() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> Position.CLOSED;
            case HALF_OPEN -> Position.HALF_OPEN;
            case OPEN, FORCED_OPEN -> Position.OPEN;
        };
    }

    /** Whether the endpoint may be asked now; whoever got a yes tells {@link #answered} or {@link #notAnswered}. */
    boolean admits() {
        return breaker.tryAcquirePermission();
    }

    /** What came of a request that was admitted. */
    void answered(boolean trouble) {
        if (trouble) {
            breaker.onError(0, TimeUnit.NANOSECONDS, new EndpointInTroubleException());
        } else {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
    }

    /** A request that was admitted was given up by us. */
    void notAnswered() {
        breaker.releasePermission();
    }

    /** Opens for this long. */
    void leaveAlone(Duration pause) {
        try {
            if (breaker.getState() != State.OPEN) {
                breaker.transitionToOpenStateFor(pause);
            }
        } catch (IllegalStateTransitionException _) {
            // Another request has opened it meanwhile.
        }
    }

    Clock clock() {
        return clock;
    }

    /** The library counts exceptions; this one is never thrown. */
    private static final class EndpointInTroubleException extends Exception {
        private static final long serialVersionUID = 1L;

        EndpointInTroubleException() {
            super(null, null, false, false);
        }
    }
}
