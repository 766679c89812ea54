package io.tokensync.common.kafka.loop;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PollLoopConfigTest {
    private static final PollLoopConfig LOOP = PollLoopConfig.of("writer", "tokens.enriched");

    @Test
    void loopsOfOneProcessShareItsHeap() {
        long heap = Runtime.getRuntime().maxMemory();
        assertThat(LOOP.limits().heap()).isEqualTo(heap);
        PollLoopConfig second = LOOP.withMember("1", 4);
        assertThat(second.member()).isEqualTo("1");
        assertThat(second.withGroup("another").limits().heap()).isEqualTo(heap / 4);
        assertThatThrownBy(() -> LOOP.withMember("0", 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
