package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.HostileArguments;
import io.infrabridge.runtime.operation.Output;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No argument of any operation can be made into anything but one part of the path of a request that it sends. */
final class HostileArgumentsTest {
    @Test
    void areRefusedOrConfined() {
        new HostileArguments(ClusterCatalogueTest.OPERATIONS, HostileArgumentsTest::answer).areRefusedOrConfined();
    }

    /** A cluster that has every deployment that it is asked about, and nothing else. */
    private static Output answer(JsonNode arguments, List<String> command) {
        String path = command.get(1);
        if (!path.contains("/deployments/")) {
            return path.contains("/namespaces/") && path.matches(".*/(statefulset|daemonset)s/.*")
                    ? Captured.answer(404, "statefulset-web-api.json")
                    : Captured.ok("deployments.json");
        }
        String[] parts = path.split("/");
        ObjectNode deployment = (ObjectNode) Json.parse(Captured.text("deployment-web-api.json"));
        deployment.withObjectProperty("metadata").put("namespace", parts[5]).put("name", parts[7]);
        return new Output(200, Json.text(deployment), "", false);
    }
}
