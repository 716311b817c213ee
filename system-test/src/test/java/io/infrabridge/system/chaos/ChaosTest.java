package io.infrabridge.system.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.local.Folders;
import io.infrabridge.system.Checkout;
import io.infrabridge.system.Eventually;
import io.infrabridge.system.LocalSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Several clients operate simulated hosts through the real system while its processes are killed, frozen and restarted. Nothing
 * that was accepted may be lost, and nothing may happen twice. {@link Scale} says how much; {@code infrabridge.chaos.seed} and
 * {@code infrabridge.chaos.operations} choose it.
 */
class ChaosTest {
    private static final String SERVICE = "chaos-service";
    private static final int HOSTS = 6;
    private static final int KINDS_OF_DOORS = 6;
    private static final Path FOLDER = Checkout.root().resolve("system-test/target/chaos");

    private final Scale scale = Scale.chosen();
    private final Findings findings = new Findings();
    private final ScheduledExecutorService time = Executors.newScheduledThreadPool(4);
    private List<SimulatedHost> hosts = List.of();
    private LocalSystem system;

    @BeforeEach
    void start() throws Exception {
        System.out.println("chaos: seed " + scale.seed() + ", up to " + scale.operations() + " operations");
        Folders.delete(FOLDER);
        Files.createDirectories(FOLDER);
        hosts = IntStream.range(0, HOSTS)
                .mapToObj(i -> SimulatedHost.start("host" + i, i % 2 == 0, scale.seed() + i, time))
                .toList();
        system = LocalSystem.start(
                FOLDER,
                Map.of(),
                hosts.stream()
                        .map(SimulatedHost::inventoryEntry)
                        .collect(Collectors.joining("", "hosts:\n", "clusters: []\n")),
                Map.of(SERVICE, List.of("operator")),
                List.of("--restart", "--twice", "server-worker"));
    }

    @AfterEach
    void stop() throws Exception {
        if (system != null) {
            system.close();
        }
        for (SimulatedHost host : hosts) {
            host.close();
        }
        time.shutdownNow();
    }

    @Test
    void losesNothingAndDoesNothingTwiceWhateverDiesWhen() throws Exception {
        Instant begin = Instant.now();
        List<Fault> schedule = Fault.schedule(
                new Random(scale.seed()),
                hosts.stream().map(SimulatedHost::name).toList(),
                Duration.ofMinutes(90),
                scale.slowness());
        Files.write(
                FOLDER.resolve("schedule.txt"),
                schedule.stream().map(Fault::toString).toList());
        Storm storm = new Storm(system, hosts, time, schedule);
        Queue<Fate> fates = new ConcurrentLinkedQueue<>();
        List<Thread> clients = clients(fates, begin.plus(scale.longest()));
        storm.begin();
        clients.forEach(Thread::start);
        for (Thread client : clients) {
            client.join();
        }
        Map<String, Integer> faults = storm.end();
        Duration stormed = Duration.between(begin, Instant.now());

        Gateway gateway = gateway();
        Eventually.isTrue(
                "the gateway answers again",
                Duration.ofSeconds(60),
                () -> gateway.get("/q/health/ready")
                        .filter(answer -> answer.status() == 200)
                        .isPresent());
        judge(fates, gateway);
        System.out.printf(
                "chaos: seed %d, %d operations, %d accepted, %d requests, %d s of storm, %d s until all had ended and was read%n"
                        + "chaos: faults %s%nchaos: seen %s%nchaos: %s%n",
                scale.seed(),
                fates.size(),
                accepted(fates).size(),
                fates.stream().mapToInt(Fate::attempts).sum(),
                stormed.toSeconds(),
                Duration.between(begin, Instant.now()).minus(stormed).toSeconds(),
                faults,
                findings.counts(),
                findings);
        assertThat(faults).as("faults").isNotEmpty();
        assertThat(accepted(fates)).as("accepted operations").hasSizeGreaterThanOrEqualTo(scale.least());
        assertThat(findings.none()).as(findings.toString()).isTrue();
    }

    private void judge(Queue<Fate> fates, Gateway gateway) throws InterruptedException {
        Map<String, Undertaking> accepted = accepted(fates);
        Map<String, JsonNode> ends = new Ends(gateway).of(accepted.keySet(), scale.settled());
        Bus bus = Bus.read(system.kafka());
        Judgement judgement = new Judgement(
                ends,
                bus.messages().stream().filter(Bus.Message::result).collect(Collectors.groupingBy(Bus.Message::key)),
                findings);
        fates.forEach(judgement::of);
        hosts.forEach(host -> host.unknownPrograms()
                .forEach(
                        line -> findings.defect("%s was asked for a program it does not know: %s", host.name(), line)));
        Trail trail = new Trail(gateway, FOLDER, findings);
        trail.holdsEachOnce(bus);
        trail.pagesAgree(accepted);
        trail.verifies(
                Checkout.root().resolve("common/audit-verifier/target/audit-verifier.jar"), system.checkpointKey());
    }

    private static Map<String, Undertaking> accepted(Queue<Fate> fates) {
        return fates.stream()
                .filter(fate -> fate.id().isPresent())
                .collect(Collectors.toMap(fate -> fate.id().orElseThrow(), Fate::undertaking));
    }

    private List<Thread> clients(Queue<Fate> fates, Instant end) {
        Plans plans = new Plans(new Random(scale.seed() + 1), hosts);
        List<Door> doors =
                IntStream.range(0, scale.clients()).mapToObj(this::door).toList();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < doors.size(); i++) {
            Door door = doors.get(i);
            boolean keyed = i % KINDS_OF_DOORS != 0;
            Client client = new Client(
                    "client " + i + " (" + door.getClass().getSimpleName() + (keyed ? ")" : ", no keys)"),
                    door,
                    keyed ? Optional.of("chaos-" + i + "-") : Optional.empty(),
                    plans.some(scale.operations() / doors.size(), door instanceof AgentDoor && !scale.patient()),
                    new Random(scale.seed() + 100 + i),
                    fates,
                    end);
            threads.add(new Thread(client, "client-" + i));
        }
        return threads;
    }

    private Door door(int number) {
        return switch (number % KINDS_OF_DOORS) {
            case 0, 1, 2 -> new RestDoor(gateway());
            case 3 -> new AgentDoor(system.gateway().resolve("/mcp"), system.adminKey());
            default -> new TopicDoor(system.kafka(), SERVICE, system.issuer(SERVICE));
        };
    }

    private Gateway gateway() {
        return new Gateway(system.gateway(), system.adminKey());
    }
}
