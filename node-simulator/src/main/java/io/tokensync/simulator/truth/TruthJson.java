package io.tokensync.simulator.truth;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** JSON as {@code truth.json} has it: snake_case names, no nulls, times in ISO 8601. */
final class TruthJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            // The header stands in front of the rows.
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TruthJson() {}
}
