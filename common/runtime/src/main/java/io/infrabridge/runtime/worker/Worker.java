package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Heartbeat;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.allowance.TargetBuckets;
import io.infrabridge.runtime.catalogue.ArgumentDecoder;
import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.runtime.execution.OperationRunner;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.trust.ReloadReport;
import io.infrabridge.trust.Reloading;
import io.infrabridge.trust.inventory.Inventory;
import io.infrabridge.trust.policy.Policy;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustStore;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A worker from start to stop: puts its parts together, lets them run, and drains them in the reverse order. */
@Readiness
@ApplicationScoped
public class Worker implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(Worker.class);

    private final WorkerConfiguration configuration;
    private final OperationCatalogue catalogue;
    private final List<Targets> targets;
    private final BusClients kafka;
    private final Telemetry telemetry;
    private final Clock clock = Clock.systemUTC();
    private final Tasks tasks = new Tasks();
    private @Nullable Outbox outbox;
    private @Nullable Outbox records;
    private @Nullable Announcer announcer;
    private @Nullable CommandLoop loop;
    private @Nullable Cancellable watch;
    private @Nullable SharedAllowances allowances;

    Worker(
            WorkerConfiguration configuration,
            OperationCatalogue catalogue,
            @All List<Targets> targets,
            BusClients kafka,
            Telemetry telemetry) {
        this.configuration = configuration;
        this.catalogue = catalogue;
        this.targets = targets;
        this.kafka = kafka;
        this.telemetry = telemetry;
    }

    void start(@Observes StartupEvent event) {
        Domain domain = Domain.of(configuration.worker().domain());
        String service = domain.name() + "-worker";
        String name = configuration
                .worker()
                .name()
                .orElse(service + "-" + ProcessHandle.current().pid());
        SigningKey key = SigningKey.read(configuration.signingKeyId().orElse(service), configuration.signingKeyFile());
        outbox = new Outbox(kafka.producer());
        Publisher publisher = new Publisher(outbox, key, service, clock);
        telemetry.publishBy(publisher, name, clock);
        Reloading<Policy> policy = reloading(configuration.policy(), Policy::read, publisher, name);
        Reloading<TrustStore> trust = reloading(configuration.trust(), TrustStore::read, publisher, name);
        watch = Multi.createFrom()
                .ticks()
                .every(Reloading.EVERY_SECOND)
                .subscribe()
                .with(tick -> {
                    policy.current();
                    trust.current();
                });
        Permissions permissions =
                new Permissions(policy::current, catalogue, Inventory.read(configuration.inventory()), clock);
        Gatekeeper gatekeeper = new Gatekeeper(
                trust::current, new TimeLimits(configuration.worker().longestDeadline(), clock), permissions);
        Answers answers = new Answers(publisher, name, clock);
        // by a connection of its own: a broker answers one request of a connection after the other, and a change waits
        // for this one
        records = new Outbox(kafka.producer());
        Ledger ledger = new KafkaLedger(Topics.ledger(domain), records, kafka::reader);
        Observations observations = new Observations(
                telemetry.tracer(), telemetry.metrics(), telemetry.health(), telemetry.onlookers(), clock);
        OperationRunner runner = new OperationRunner(targets, telemetry.tracer(), clock);
        Outcomes outcomes = new Outcomes(ledger, answers, clock);
        Executor executor = new Executor(runner, outcomes, answers, observations, clock);
        TaskReader reader = new TaskReader(catalogue, new ArgumentDecoder(), permissions);
        ApprovalMessages messages = new ApprovalMessages(answers, publisher, name, clock);
        WaitingRoom room = new WaitingRoom(ledger, outcomes, messages, clock);
        allowances = new SharedAllowances(domain.name(), publisher, kafka::reader, trust::current);
        Lanes lanes = new Lanes(
                configuration.worker().readsPerTarget(), configuration.worker().waitingPerTarget());
        TaskQueue queue = new TaskQueue(tasks, lanes, executor, room, outcomes);
        Approvals approvals = new Approvals(room, permissions, messages, clock);
        Dispatcher dispatcher = new Dispatcher(
                gatekeeper,
                reader,
                new TurnedAway(ledger, reader, outcomes, answers),
                new Admission(new Allowances(domain.name(), new TargetBuckets(clock), allowances), outcomes, queue),
                new ControlMessages(ledger, reader, tasks, room, approvals, answers));
        Duration session = configuration.worker().session();
        loop = new CommandLoop(
                Topics.commands(domain),
                () -> kafka.consumer(service, session),
                dispatcher,
                new Assignments(new Recovery(reader, outcomes, room, queue)::resume, ledger, Ownership.within(session)),
                configuration.worker().inFlight());
        new Thread(loop, "commands").start();
        announcer = new Announcer(publisher, catalogue, new Announcer.Identity(domain, name, version()), clock);
        CommandLoop consuming = loop;
        announcer.start(consuming::assigned, () -> new Heartbeat.Load(tasks.size(), !consuming.full()));
    }

    /** No new commands, then what is running within the limit, then the clients; what is left is the next owner's. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (announcer != null) {
            announcer.close();
        }
        if (loop != null && !loop.stop(configuration.worker().drain(), tasks::none)) {
            LOG.warn("the consumer did not stop in time");
        }
        if (!tasks.none()) {
            LOG.warnf("stopped with %d operations unfinished", tasks.size());
        }
        if (watch != null) {
            watch.cancel();
        }
        if (allowances != null) {
            allowances.close();
        }
        if (records != null) {
            records.close();
        }
        if (outbox != null) {
            outbox.close();
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("commands")
                .status(loop != null && loop.assigned())
                .build();
    }

    private <T> Reloading<T> reloading(Path file, Function<Path, T> parser, Publisher publisher, String name) {
        ReloadReport report = new ReloadReport(telemetry.metrics()).of(file);
        return new Reloading<>(file, parser, new ConfigurationHealth(report, publisher, name, clock));
    }

    private static String version() {
        String version = Worker.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
