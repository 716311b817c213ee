package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** How an operation has ended, told whole where it is not as it should be. */
final class Outcome {
    private Outcome() {}

    static JsonNode succeeded(JsonNode operation, boolean changed) {
        assertThat(operation.path("state").asText())
                .as(operation.toPrettyString())
                .isEqualTo("SUCCEEDED");
        assertThat(operation.path("changed").asBoolean())
                .as(operation.toPrettyString())
                .isEqualTo(changed);
        return operation;
    }
}
