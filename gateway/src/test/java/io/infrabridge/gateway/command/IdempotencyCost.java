package io.infrabridge.gateway.command;

import io.infrabridge.gateway.fixture.FakeAudit;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What an idempotency key adds to a request, by hand: from HTTP request to HTTP answer, one after the other. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
class IdempotencyCost {
    private static final String MOUNT = "{\"tool\":\"nfs_mount\",\"arguments\":{\"action\":\"mount\","
            + "\"source\":\"nas.example.com:/export/data\",\"target\":\"/mnt/nfs/data\",\"version\":\"4.1\"}}";
    private static final String LIST = "{\"tool\":\"nfs_mount\",\"arguments\":{\"action\":\"list\"}}";
    private static final int TIMES = 400;

    @TestHTTPResource("/")
    URL url;

    @Test
    void measure() throws Exception {
        try (World world = new World(url);
                FakeAudit audit = world.audit()) {
            world.settle();
            audit.found("[]");
            for (int round = 0; round < 3; round++) {
                System.out.printf(
                        "p50 in ms: change %.2f, with a key %.2f; read %.2f, with a key %.2f%n",
                        median(world, MOUNT, false),
                        median(world, MOUNT, true),
                        median(world, LIST, false),
                        median(world, LIST, true));
            }
        }
    }

    private static double median(World world, String request, boolean keyed) throws Exception {
        long[] nanos = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            String[] headers = keyed ? new String[] {"Idempotency-Key", "cost-" + System.nanoTime()} : new String[0];
            long begun = System.nanoTime();
            if (world.operator.post("/api/v1/operations", request, headers).status() != 200) {
                throw new IllegalStateException("it was refused");
            }
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return nanos[TIMES / 2] / 1e6;
    }
}
