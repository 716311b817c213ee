package io.infrabridge.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.gateway.fixture.Caller;
import io.infrabridge.gateway.fixture.Caller.Answer;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway on loopback that lets callers of its own machine in without a key. */
@QuarkusTest
@TestProfile(AnonymousTest.WithoutKeys.class)
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
class AnonymousTest {
    @TestHTTPResource("/")
    URL url;

    @Test
    void letsACallerWithoutAKeyDoWhatItsRolesAllowUnderTheNameAnonymous() throws Exception {
        try (World world = new World(url)) {
            world.settle();

            Answer list = world.stranger.post(
                    "/api/v1/operations",
                    "{\"tool\":\"nfs_mount\",\"arguments\":{\"action\":\"list\",\"remote_target\":\"app-server-01\"}}");
            Answer mount = world.stranger.post("/api/v1/operations", """
                    {"tool":"nfs_mount","arguments":{"action":"mount","source":"n:/e","target":"/m","remote_target":"app-server-01"}}
                    """);

            assertThat(list.status()).isEqualTo(200);
            assertThat(Json.read(world.nfs.nextCommand().value(), Command.class).caller())
                    .isEqualTo("anonymous");
            assertThat(mount.status()).isEqualTo(403);
            assertThat(new Caller(URI.create(url.toString()), "nobody")
                            .get("/api/v1/tools")
                            .status())
                    .isEqualTo(401);
            assertThat(world.operator.get("/api/v1/tools").status()).isEqualTo(200);
        }
    }

    /** Switches it on. */
    public static final class WithoutKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("infrabridge.security.anonymous.enabled", "true");
        }
    }
}
