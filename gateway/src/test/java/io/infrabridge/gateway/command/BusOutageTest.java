package io.infrabridge.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.fixture.Caller.Answer;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.PortForBroker;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.local.EmbeddedBroker;
import io.infrabridge.local.TopicSetup;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@TestProfile(BusOutageTest.OwnBroker.class)
@QuarkusTestResource(value = PortForBroker.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = GatewayFiles.class, restrictToAnnotatedClass = true)
class BusOutageTest {
    private static final String LIST = "{\"tool\":\"nfs_mount\",\"arguments\":{\"action\":\"list\"}}";

    @TestHTTPResource("/")
    URL url;

    @TempDir
    Path data;

    @Test
    void saysWithinSecondsThatKafkaIsAwayAndRecoversByItself() throws Exception {
        var stranger = io.infrabridge.gateway.fixture.Caller.unknown(url.toURI());
        assertThat(stranger.get("/q/health/ready").status()).isEqualTo(503);
        assertThat(stranger.get("/q/health/live").status()).isEqualTo(200);

        EmbeddedBroker broker = start();
        try (World world = new World(url)) {
            world.settle();
            assertThat(world.reader.post("/api/v1/operations", LIST).status()).isEqualTo(200);

            broker.close();
            Instant asked = Instant.now();
            Answer away = world.reader.post("/api/v1/operations", LIST);

            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(4));
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.text("/category")).isEqualTo("BUS_UNAVAILABLE");
            assertThat(away.text("/hint")).isNotBlank();
            assertThat(away.header("Retry-After")).isPresent();
            World.until("it is not ready", () -> stranger.get("/q/health/ready").status() == 503);

            broker = start();
            World.until(
                    "operations run again",
                    () -> world.reader.post("/api/v1/operations", LIST).status() == 200);
            World.until("it is ready", () -> stranger.get("/q/health/ready").status() == 200);
        } finally {
            broker.close();
        }
    }

    private EmbeddedBroker start() throws Exception {
        int port = Integer.parseInt(World.configured("test.broker-port"));
        EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), "127.0.0.1", port);
        TopicSetup.createMissing(broker.bootstrapServers(), Topics.all(Topics.SHIPPED_DOMAINS));
        return broker;
    }

    /** A gateway of its own, whose broker comes and goes. */
    public static final class OwnBroker implements QuarkusTestProfile {}
}
