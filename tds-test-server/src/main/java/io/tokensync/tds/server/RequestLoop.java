package io.tokensync.tds.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.tds.jdbc.Cancellation;
import io.tokensync.tds.jdbc.SqlSession;
import io.tokensync.tds.protocol.Answer;
import io.tokensync.tds.protocol.Done;
import io.tokensync.tds.protocol.EnvChange;
import io.tokensync.tds.protocol.RpcRequest;
import io.tokensync.tds.protocol.SqlBatch;
import io.tokensync.tds.protocol.TransactionRequest;
import io.tokensync.tds.wire.IgnoredMessageException;
import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.MessageInput;
import io.tokensync.tds.wire.MessageOutput;
import io.tokensync.tds.wire.Packet;
import io.tokensync.tds.wire.PacketSource;
import io.tokensync.tds.wire.PacketType;

/** Answers one request after another until the connection ends (MS-TDS 3.3.5.5 and later). */
final class RequestLoop {
    private static final long LARGEST_CALLS = 256L * 1024 * 1024;
    private static final int MOST_CALLS = 100_000;

    private final PacketSource packets;
    private final MessageOutput out;
    private final SqlSession session;
    private final Cancellation cancellation;

    RequestLoop(PacketSource packets, MessageOutput out, SqlSession session, Cancellation cancellation) {
        this.packets = packets;
        this.out = out;
        this.session = session;
        this.cancellation = cancellation;
    }

    void run() throws IOException {
        for (Packet first = packets.next(); first != null; first = packets.next()) {
            Answer answer = new Answer(out);
            if (first.type() == PacketType.ATTENTION) {
                cancellation.clear();
                answer.send(Done.of(Done.Kind.DONE, Done.ATTENTION));
            } else {
                answer(first, answer);
            }
            answer.end();
        }
    }

    private void answer(Packet first, Answer answer) throws IOException {
        if (first.resets()) {
            session.reset();
            answer.send(EnvChange.reset());
        }
        try {
            dispatch(new MessageInput(first, packets), answer);
        } catch (IgnoredMessageException e) {
            answer.send(Done.of(Done.Kind.DONE, Done.ERROR));
        }
    }

    private void dispatch(MessageInput in, Answer answer) throws IOException {
        switch (in.type()) {
            case SQL_BATCH -> {
                SqlBatch batch = SqlBatch.read(in);
                rejectIgnored(in);
                session.batch(batch.text(), answer);
            }
            case RPC -> calls(in.limitedTo(LARGEST_CALLS), answer);
            case BULK_LOAD -> session.bulkLoad(in, answer);
            case TRANSACTION -> session.transaction(TransactionRequest.read(in), answer);
            case RESPONSE, ATTENTION, LOGIN7, PRELOGIN -> throw new MalformedMessageException(
                    "a " + in.type() + " message inside a session");
        }
    }

    /** All calls are read before the first is run, because the client may give the message up. */
    private void calls(MessageInput in, Answer answer) throws IOException {
        RpcRequest.readHeaders(in);
        List<RpcRequest> requests = new ArrayList<>();
        do {
            requests.add(RpcRequest.read(in));
            if (requests.size() > MOST_CALLS) {
                throw new MalformedMessageException("more than " + MOST_CALLS + " calls in a message");
            }
        } while (!in.atEnd());
        rejectIgnored(in);
        for (RpcRequest request : requests) {
            if (!cancellation.requested()) {
                session.call(request, answer);
            }
        }
    }

    private static void rejectIgnored(MessageInput in) throws IgnoredMessageException {
        if (in.ignored()) {
            throw new IgnoredMessageException();
        }
    }
}
