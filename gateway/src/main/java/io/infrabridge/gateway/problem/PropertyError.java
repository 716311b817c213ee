package io.infrabridge.gateway.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One property of a request that is wrong, said so that an agent can put it right.
 *
 * @param property JSON Pointer into the arguments, or into the request for its own properties
 * @param expected what would have been accepted
 * @param example one value that would have been accepted
 */
public record PropertyError(String property, String message, Optional<String> expected, Optional<JsonNode> example) {
    public static PropertyError of(String property, String message, String expected) {
        return new PropertyError(property, message, Optional.of(expected), Optional.empty());
    }
}
