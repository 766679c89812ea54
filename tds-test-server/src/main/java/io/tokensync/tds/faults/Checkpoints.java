package io.tokensync.tds.faults;

import java.io.IOException;

import io.tokensync.tds.protocol.SqlErrorException;

/** Where one connection asks its fault script whether to go on. */
public interface Checkpoints {
    /**
     * Before the event takes effect.
     *
     * @throws SqlErrorException where the script lets it fail
     * @throws IOException where the script ends the connection
     */
    void before(Event event) throws IOException, SqlErrorException;

    /** After the event took effect and before the answer. */
    void after(Event event) throws IOException;

    /** Once for each row read or written. */
    void row() throws IOException;
}
