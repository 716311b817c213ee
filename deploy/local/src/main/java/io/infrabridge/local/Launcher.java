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
import java.util.List;
import java.util.Optional;

/** Starts everything on this machine in the foreground, and stops it when asked or when a part ends. */
public final class Launcher {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);

    private final Layout layout;
    private final Ports ports;
    private final Console console;
    private final Children children;
    private final PidFile pids;

    private Launcher(Options options, Console console) {
        this.layout = options.layout();
        this.ports = options.ports();
        this.console = console;
        this.pids = new PidFile(layout.data().resolve("run.pids"));
        this.children = new Children(pids);
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
        Optional<StartFailure> conflict = ports.firstInUse(List.of(Part.values()));
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
            startAll();
            console.summary(layout, ports);
            throw children.awaitFirstEnd().ended();
        } catch (IOException | StartFailure e) {
            if (children.stopping()) {
                // Asked to stop; what ends now does so because of that.
                return 0;
            }
            throw e;
        }
    }

    private void startAll() throws IOException, InterruptedException {
        Optional<String> traces = Optional.ofNullable(System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT"))
                .filter(endpoint -> !endpoint.isBlank());
        ServiceCommand command = new ServiceCommand(layout, ports, traces);
        Readiness readiness = new Readiness(ports, READY_WITHIN);

        // The broker starts in its own process while the database starts from here.
        Instant started = Instant.now();
        Child broker = children.start(Part.KAFKA, command.broker(), layout.log(Part.KAFKA));
        EmbeddedDatabase database = startDatabase();
        console.ready(Part.DATABASE, ports.address(Part.DATABASE), started);
        readiness.awaitPort(broker);
        TopicSetup.createMissing(ports.address(Part.KAFKA), Topics.all(Topics.SHIPPED_DOMAINS));
        console.ready(Part.KAFKA, ports.address(Part.KAFKA), started);

        Instant servicesStarted = Instant.now();
        List<Child> services = new ArrayList<>();
        for (Part service : Part.SERVICES) {
            services.add(children.start(service, command.service(service, database), layout.log(service)));
        }
        readiness.awaitHealth(services, service -> console.ready(service, ports.address(service), servicesStarted));
        children.requireAlive();
    }

    private EmbeddedDatabase startDatabase() throws IOException {
        DatabaseSoftware software = DatabaseSoftware.unpackedIn(layout.database());
        Path log = layout.log(Part.DATABASE);
        EmbeddedDatabase database = EmbeddedDatabase.start(layout.database(), software, log, ports.of(Part.DATABASE));
        children.watch(new Child(Part.DATABASE, database.process(), log, database::close));
        return database;
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
