package io.infrabridge.server.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * One address of a server; see ip-address(8).
 *
 * @param family {@code inet} or {@code inet6}
 * @param scope {@code global}, {@code link} or {@code host}
 */
record Address(String interfaceName, String family, String address, int prefixLength, String scope) {
    private static final int MOST = 200;

    /** None where the host has no program that tells. */
    static List<Address> parse(Output ip) {
        if (!ip.succeeded()) {
            return List.of();
        }
        List<Address> found = new ArrayList<>();
        try {
            for (JsonNode link : Json.parse(ip.text())) {
                for (JsonNode each : link.path("addr_info")) {
                    if (found.size() < MOST && each.path("local").isTextual()) {
                        found.add(new Address(
                                link.path("ifname").asText(),
                                each.path("family").asText(),
                                each.path("local").asText(),
                                each.path("prefixlen").asInt(),
                                each.path("scope").asText()));
                    }
                }
            }
        } catch (InvalidContract e) {
            throw new UnexpectedOutput("ip: " + e.getMessage(), e);
        }
        return found;
    }
}
