package io.tokensync.common.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CloserTest {
    private final List<String> closed = new ArrayList<>();
    private final Closer closer = new Closer();

    @Test
    void closesInReverseOrderAndOnce() {
        AutoCloseable returned = closer.register(resource("a"));
        closer.register(resource("b"));
        closer.register(resource("c"));
        closer.close();
        closer.close();
        assertThat(returned).isNotNull();
        assertThat(closed).containsExactly("c", "b", "a");
    }

    @Test
    void closingNothingIsFine() {
        assertThatCode(closer::close).doesNotThrowAnyException();
    }

    @Test
    void theFirstFailureIsThrownWithTheOthersSuppressedAndAllIsClosed() {
        RuntimeException first = new IllegalArgumentException("first");
        Error second = new AssertionError("second");
        closer.register(resource("a"));
        closer.register(failing("b", second));
        closer.register(failing("c", first));
        assertThatThrownBy(closer::close).isSameAs(first).hasSuppressedException(second);
        assertThat(closed).containsExactly("c", "b", "a");
    }

    @Test
    void aCheckedFailureIsWrappedAndAnErrorIsNot() {
        IOException checked = new IOException("disk");
        closer.register(failing("a", checked));
        assertThatThrownBy(closer::close).isInstanceOf(IllegalStateException.class).hasCause(checked)
                .hasMessageContaining("disk");
        Closer other = new Closer();
        Error error = new AssertionError("bug");
        other.register(failing("b", error));
        assertThatThrownBy(other::close).isSameAs(error);
    }

    @Test
    void theSameFailureTwiceDoesNotSuppressItself() {
        RuntimeException same = new IllegalStateException("same");
        closer.register(failing("a", same));
        closer.register(failing("b", same));
        assertThatThrownBy(closer::close).isSameAs(same).hasNoSuppressedExceptions();
    }

    @Test
    void theSameResourceTwiceIsClosedTwice() {
        AutoCloseable resource = resource("a");
        closer.register(resource);
        closer.register(resource);
        closer.close();
        assertThat(closed).containsExactly("a", "a");
    }

    @Test
    void aLateResourceIsClosedAtOnce() {
        closer.close();
        RuntimeException failure = new IllegalArgumentException("late");
        assertThatThrownBy(() -> closer.register(failing("late", failure))).isInstanceOf(IllegalStateException.class)
                .hasSuppressedException(failure);
        assertThat(closed).containsExactly("late");
    }

    @Test
    void aResourceMayRegisterAnotherWhileClosing() {
        closer.register(() -> closer.register(resource("inner")));
        assertThatThrownBy(closer::close).isInstanceOf(IllegalStateException.class);
        assertThat(closed).containsExactly("inner");
    }

    @Test
    void interruptionWhileClosingIsNotLost() {
        closer.register(resource("a"));
        closer.register(failing("b", new InterruptedException()));
        assertThatThrownBy(closer::close).hasCauseInstanceOf(InterruptedException.class);
        assertThat(closed).containsExactly("b", "a");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closingAfterAFailureKeepsThatFailureFirst() {
        RuntimeException start = new IllegalStateException("start failed");
        IOException close = new IOException("close failed");
        closer.register(resource("a"));
        closer.register(failing("b", close));
        closer.register(failing("c", start));
        closer.closeAfter(start);
        closer.close();
        assertThat(start.getSuppressed()).containsExactly(close);
        assertThat(closed).containsExactly("c", "b", "a");
    }

    private AutoCloseable resource(String name) {
        return () -> closed.add(name);
    }

    private AutoCloseable failing(String name, Throwable failure) {
        return () -> {
            closed.add(name);
            switch (failure) {
                case Exception e -> throw e;
                case Error e -> throw e;
                default -> throw new AssertionError(failure);
            }
        };
    }
}
