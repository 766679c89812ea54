package io.tokensync.common.config;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

class NearestKeyTest {

    @Test
    void theNearestIsFound() {
        List<String> known = List.of("writer.batch.rows", "writer.batch.bytes", "kafka.bootstrap-servers");
        assertThat(NearestKey.to("writer.batch.row", known)).contains("writer.batch.rows");
        assertThat(NearestKey.to("writer.batch_rows", known)).contains("writer.batch.rows");
        assertThat(NearestKey.to("kafka.bootstrap.servers", known)).contains("kafka.bootstrap-servers");
        assertThat(NearestKey.to("elephant", known)).isEmpty();
        assertThat(NearestKey.to("x", List.of())).isEmpty();
    }

    @Test
    void theDistanceIsAMetric() {
        Property.forAll(500, gen -> {
            String a = gen.text("ab.", 12);
            String b = gen.text("ab.", 12);
            String c = gen.text("ab.", 12);
            assertThat(NearestKey.distance(a, a)).isZero();
            assertThat(NearestKey.distance(a, b)).isEqualTo(NearestKey.distance(b, a));
            assertThat(NearestKey.distance(a, c))
                    .isLessThanOrEqualTo(NearestKey.distance(a, b) + NearestKey.distance(b, c));
        });
    }
}
