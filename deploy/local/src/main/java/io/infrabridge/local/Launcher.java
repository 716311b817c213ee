package io.infrabridge.local;

import io.infrabridge.contract.Topics;
import io.infrabridge.trust.InvalidConfiguration;
import io.infrabridge.trust.inventory.Inventory;
import io.infrabridge.trust.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts everything on this machine in the foreground, and stops it when asked. When a part ends by itself, that part is
 * started again or everything is stopped, as was asked for.
 */
public final class Launcher {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);

    private final Layout layout;
    private final Ports ports;
    private final Console console;
    private final Children children;
    private final PidFile pids;
    private final List<Instance> services;
    private final boolean restart;

    private Launcher(Options options, Console console) {
        this.layout = options.layout();
        this.ports = options.ports();
        this.console = console;
        this.pids = new PidFile(layout.data().resolve("run.pids"));
        this.children = new Children(pids);
        this.services = Stream.concat(
                        Part.SERVICES.stream().map(Instance::of),
                        options.twice().stream().sorted().map(Instance::secondOf))
                .toList();
        this.restart = options.restart();
    }

    public static void main(String[] args) {
        // Before the first logger: what goes wrong is said in the launcher's own words.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        Console console = new Console(System.out);
        int exitCode;
        try {
            Path root = Path.of(System.getProperty("infrabridge.root", "."));
            Options options = Options.parse(List.of(args), root);
            Launcher launcher = new Launcher(options, console);
            exitCode = options.onlyKeys() ? launcher.createKeys() : launcher.run();
        } catch (StartFailure e) {
            System.err.println(e.getMessage());
            exitCode = e.exitCode();
        } catch (InvalidConfiguration e) {
            System.err.println(e.getMessage());
            exitCode = StartFailure.USAGE;
        } catch (IOException | RuntimeException e) {
            System.err.println("Infrabridge cannot start: " + e);
            exitCode = StartFailure.PART_FAILED;
        } catch (InterruptedException e) {
            exitCode = StartFailure.PART_FAILED;
        }
        System.exit(exitCode);
    }

    /** For a deployment elsewhere, which gets the files as its secrets. */
    private int createKeys() throws IOException {
        Folders.createPrivate(layout.data());
        new Credentials(layout).createMissing(Policy.read(layout.policy()));
        console.say("The keys are in " + layout.data());
        return 0;
    }

    private int run() throws IOException, InterruptedException {
        Inventory.read(layout.inventory());
        Policy policy = Policy.read(layout.policy());
        Folders.createPrivate(layout.data());
        RunLock.take(layout.data());
        pids.endLeftovers();
        Optional<StartFailure> conflict = ports.firstInUse(
                Stream.concat(Stream.of(Part.KAFKA, Part.DATABASE).map(Instance::of), services.stream())
                        .toList());
        if (conflict.isPresent()) {
            throw conflict.get();
        }
        requireBuilt();
        console.say("Infrabridge is starting; its data are in " + layout.data());
        Folders.createPrivate(layout.logs());
        Folders.createPrivate(layout.kafka());
        Folders.createPrivate(layout.database());
        new Credentials(layout).createMissing(policy);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            Map<Child, Restarts.Start> started = startAll();
            console.summary(layout, ports);
            if (restart) {
                Restarts restarts = new Restarts(children, Restarts.Pauses.usual(), console::say);
                started.forEach(restarts::keep);
                children.awaitStop();
                return 0;
            }
            throw children.awaitFirstEnd().ended();
        } catch (IOException | StartFailure e) {
            if (children.stopping()) {
                // Asked to stop; what ends now does so because of that.
                return 0;
            }
            throw e;
        }
    }

    /** What runs now, and how each could be started once more. */
    private Map<Child, Restarts.Start> startAll() throws IOException, InterruptedException {
        Optional<String> traces = Optional.ofNullable(System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT"))
                .filter(endpoint -> !endpoint.isBlank());
        ServiceCommand command = new ServiceCommand(layout, ports, traces);
        Readiness readiness = new Readiness(ports, READY_WITHIN);
        Map<Child, Restarts.Start> started = new LinkedHashMap<>();

        // The broker starts in its own process while the database starts from here.
        Instant begun = Instant.now();
        Child broker = start(started, () -> start(Instance.of(Part.KAFKA), command.broker()));
        EmbeddedDatabase database = startDatabase();
        started.put(watch(database), () -> watch(startDatabase()));
        console.ready(Instance.of(Part.DATABASE), ports.address(Part.DATABASE), begun);
        readiness.awaitPort(broker);
        TopicSetup.createMissing(ports.address(Part.KAFKA), Topics.all(Topics.SHIPPED_DOMAINS));
        console.ready(broker.instance(), ports.address(Part.KAFKA), begun);

        Instant servicesBegun = Instant.now();
        List<Child> starting = new ArrayList<>();
        for (Instance service : services) {
            starting.add(start(started, () -> start(service, command.service(service, database))));
        }
        readiness.awaitHealth(starting, service -> console.ready(service, ports.address(service), servicesBegun));
        children.requireAlive();
        return started;
    }

    private static Child start(Map<Child, Restarts.Start> started, Restarts.Start start) throws IOException {
        Child child = start.again();
        started.put(child, start);
        return child;
    }

    private Child start(Instance instance, ProcessBuilder builder) throws IOException {
        return children.start(instance, builder, layout.log(instance));
    }

    private EmbeddedDatabase startDatabase() throws IOException {
        DatabaseSoftware software = DatabaseSoftware.unpackedIn(layout.database());
        return EmbeddedDatabase.start(layout.database(), software, databaseLog(), ports.of(Part.DATABASE));
    }

    private Child watch(EmbeddedDatabase database) throws IOException {
        return children.watch(
                new Child(Instance.of(Part.DATABASE), database.process(), databaseLog(), database::close));
    }

    private Path databaseLog() {
        return layout.log(Instance.of(Part.DATABASE));
    }

    private void requireBuilt() {
        for (Part service : Part.SERVICES) {
            if (!Files.isRegularFile(layout.application(service))) {
                throw new StartFailure(
                        StartFailure.PART_FAILED,
                        layout.application(service) + " is missing; build with ./mvnw package");
            }
        }
    }

    private void stop() {
        console.say("Stopping...");
        children.stopAll();
        console.say("Stopped.");
    }
}
