package io.tokensync.tds.wire;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageInputTest {
    private static final int LAST = 1;

    private static MessageInput message(byte... payload) {
        return new MessageInput(new Packet(PacketType.RPC, LAST, payload), () -> null);
    }

    @Test
    void anAnnouncedLengthReservesNoMemory() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MessageInput in = message(new byte[100]);
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> in.readBytes(60_000_000)).isInstanceOf(MalformedMessageException.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(5_000_000);
    }

    @Test
    void aLengthBeyondAllReasonIsRejected() {
        assertThatThrownBy(() -> message(new byte[8]).readBytes(1L << 40))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> message(new byte[8]).readBytes(-1)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void aMessageThatNeverEndsIsCutAtItsLimit() {
        Packet more = new Packet(PacketType.RPC, 0, new byte[1_000]);
        MessageInput in = new MessageInput(more, () -> more).limitedTo(1_000_000);
        assertThatThrownBy(in::readRemaining).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("long");
    }

    @Test
    void aMessageOfTwoTypesIsRejected() {
        MessageInput in = new MessageInput(new Packet(PacketType.RPC, 0, new byte[1]),
                () -> new Packet(PacketType.SQL_BATCH, LAST, new byte[1]));
        assertThatThrownBy(() -> in.skip(2)).isInstanceOf(MalformedMessageException.class);
    }
}
