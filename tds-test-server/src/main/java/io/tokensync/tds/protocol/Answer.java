package io.tokensync.tds.protocol;

import java.io.IOException;

import io.tokensync.tds.wire.MessageOutput;

/** One answer in the making. The last DONE waits, because only the end tells whether more follows it. */
public final class Answer {
    private final MessageOutput out;
    private Done held;

    public Answer(MessageOutput out) {
        this.out = out;
    }

    public void send(Token token) throws IOException {
        release(Done.MORE);
        if (token instanceof Done done) {
            held = done;
        } else {
            token.write(out);
        }
    }

    private void release(int flag) throws IOException {
        if (held != null) {
            new Done(held.kind(), held.status() | flag, held.count()).write(out);
            held = null;
        }
    }

    /** Ends the message; an answer always has a DONE. */
    public void end() throws IOException {
        if (held == null) {
            held = Done.of(Done.Kind.DONE, 0);
        }
        release(0);
        out.endMessage();
    }
}
