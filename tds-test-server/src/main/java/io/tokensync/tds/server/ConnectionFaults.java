package io.tokensync.tds.server;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

import io.tokensync.tds.faults.Checkpoints;
import io.tokensync.tds.faults.Effect;
import io.tokensync.tds.faults.Event;
import io.tokensync.tds.faults.FaultScript;
import io.tokensync.tds.jdbc.Cancellation;
import io.tokensync.tds.protocol.SqlErrorException;
import io.tokensync.tds.wire.CutException;
import io.tokensync.tds.wire.MessageOutput;

/** The fault script as one connection suffers it. */
final class ConnectionFaults implements Checkpoints {
    private final FaultScript script;
    private final Socket socket;
    private final Cancellation cancellation;
    private final Sessions sessions;
    private MessageOutput out;
    private Event cutAfter;
    private Duration perRow = Duration.ZERO;

    ConnectionFaults(FaultScript script, Socket socket, Cancellation cancellation, Sessions sessions) {
        this.script = script;
        this.socket = socket;
        this.cancellation = cancellation;
        this.sessions = sessions;
    }

    /** Where answers go from now on. */
    void use(MessageOutput output) {
        out = output;
    }

    /** The client has connected; an error could not be sent yet, so it only closes. */
    void connected() throws IOException {
        try {
            before(new Event.Connected());
        } catch (SqlErrorException e) {
            throw new CutException("rejected with " + e.error().number());
        }
    }

    void loggingIn() throws IOException, SqlErrorException, RedirectException {
        Event event = new Event.LoggingIn();
        Optional<Effect> effect = script.happening(event);
        if (effect.isPresent() && effect.get() instanceof Effect.Redirect redirect) {
            throw new RedirectException(redirect);
        }
        if (effect.isPresent()) {
            suffer(effect.get(), event);
        }
    }

    void loggedIn() throws IOException {
        after(new Event.LoggingIn());
    }

    @Override
    public void before(Event event) throws IOException, SqlErrorException {
        Optional<Effect> effect = script.happening(event);
        if (effect.isPresent()) {
            suffer(effect.get(), event);
        }
    }

    private void suffer(Effect effect, Event event) throws IOException, SqlErrorException {
        switch (effect) {
            case Effect.Fail fail -> throw new SqlErrorException(fail.error());
            case Effect.CutBefore() -> throw new CutException("cut before " + event);
            case Effect.CutMidway() -> out.cutAtEnd();
            case Effect.CutAfter() -> cutAfter = event;
            case Effect.Reset() -> {
                socket.setSoLinger(true, 0);
                throw new CutException("reset at " + event);
            }
            case Effect.Stall(Duration length) -> await(length);
            case Effect.Throttle(Duration each) -> perRow = each;
            case Effect.Redirect redirect ->
                throw new IllegalStateException("only a login can be redirected: " + redirect);
            case Effect.KillSessions() -> {
                sessions.kill();
                throw new CutException("every session was killed at " + event);
            }
            case Effect.Restart(Duration downtime) -> {
                sessions.restart(downtime);
                throw new CutException("the endpoint restarts at " + event);
            }
        }
    }

    @Override
    public void after(Event event) throws IOException {
        if (event.equals(cutAfter)) {
            throw new CutException("cut after " + event);
        }
    }

    @Override
    public void row() throws IOException {
        if (!perRow.isZero()) {
            await(perRow);
        }
    }

    private void await(Duration length) throws IOException {
        try {
            cancellation.await(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CutException("the endpoint is closing");
        }
    }
}
