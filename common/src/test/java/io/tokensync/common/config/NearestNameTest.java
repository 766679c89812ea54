package io.tokensync.common.config;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

class NearestNameTest {

    @Test
    void theNearestIsFound() {
        List<String> known = List.of("writer.batch.rows", "writer.batch.bytes", "kafka.bootstrap-servers");
        assertThat(NearestName.to("writer.batch.row", known)).contains("writer.batch.rows");
        assertThat(NearestName.to("writer.batch_rows", known)).contains("writer.batch.rows");
        assertThat(NearestName.to("kafka.bootstrap.servers", known)).contains("kafka.bootstrap-servers");
        assertThat(NearestName.to("elephant", known)).isEmpty();
        assertThat(NearestName.to("x", List.of())).isEmpty();
    }

    @Test
    void theDistanceIsAMetric() {
        Property.forAll(500, gen -> {
            String a = gen.text("ab.", 12);
            String b = gen.text("ab.", 12);
            String c = gen.text("ab.", 12);
            assertThat(NearestName.distance(a, a)).isZero();
            assertThat(NearestName.distance(a, b)).isEqualTo(NearestName.distance(b, a));
            assertThat(NearestName.distance(a, c))
                    .isLessThanOrEqualTo(NearestName.distance(a, b) + NearestName.distance(b, c));
        });
    }
}
