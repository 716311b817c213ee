package io.infrabridge.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.gateway.fixture.Caller.Answer;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.McpClient;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.spi.CDI;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A gateway that stops takes nothing new and leaves nobody without an answer. */
@QuarkusTest
@TestProfile(DepartureTest.ShortDrain.class)
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = GatewayFiles.class, restrictToAnnotatedClass = true)
class DepartureTest {
    private static final String MOUNT = "{\"tool\":\"nfs_mount\",\"arguments\":{\"action\":\"mount\","
            + "\"source\":\"nas.example.com:/export/data\",\"target\":\"/mnt/nfs/data\",\"version\":\"4.1\"}}";

    @TestHTTPResource("/")
    URL url;

    /** A gateway of its own, because it cannot go on after this. */
    public static final class ShortDrain implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("infrabridge.operations.drain", "5s");
        }
    }

    @Test
    void givesThoseWhoWaitTheirResultOrTheirOperationAndTakesNothingNew() throws Exception {
        try (World world = new World(url)) {
            world.settle();
            world.nfs.behave(command -> {});
            CompletableFuture<Answer> ended = world.operator.posted("/api/v1/operations", MOUNT);
            Command first = Json.read(world.nfs.nextCommand().value(), Command.class);
            CompletableFuture<Answer> unended = world.operator.posted("/api/v1/operations", MOUNT);
            Command second = Json.read(world.nfs.nextCommand().value(), Command.class);
            McpClient agent = McpClient.connect(url.toURI().resolve("/mcp"), "operator");

            CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> CDI.current()
                    .getBeanManager()
                    .getEvent()
                    .select(ShutdownDelayInitiatedEvent.class)
                    .fire(new ShutdownDelayInitiatedEvent()));
            World.until(
                    "it is not ready",
                    () -> world.stranger.get("/q/health/ready").status() == 503);

            Answer refused = world.operator.post("/api/v1/operations", MOUNT);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("/category")).isEqualTo("OVERLOADED");
            assertThat(refused.text("/detail")).contains("about to stop");
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(agent.call("nfs_mount", "{\"action\":\"list\"}")
                            .at("/isError")
                            .asBoolean())
                    .isTrue();
            assertThat(stopping).isNotDone();
            world.nfs.succeed(first);
            assertThat(ended.get(4, TimeUnit.SECONDS).text("/state")).isEqualTo("SUCCEEDED");

            Answer waiting = unended.get(20, TimeUnit.SECONDS);

            assertThat(waiting.status()).isEqualTo(202);
            assertThat(waiting.text("/id")).isEqualTo(second.id());
            assertThat(waiting.header("Location")).contains("/api/v1/operations/" + second.id());
            stopping.get(20, TimeUnit.SECONDS);
            assertThat(world.nfs.commandsSeen()).isZero();
            Answer later = world.operator.get("/api/v1/operations/" + second.id());
            assertThat(later.text("/state")).isEqualTo("ACCEPTED");
        }
    }
}
