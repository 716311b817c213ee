package io.infrabridge.runtime.worker;

import io.infrabridge.contract.ApprovalAnswered;
import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.Reservation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.local.TopicSetup;
import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.runtime.execution.AddNames;
import io.infrabridge.runtime.execution.FakeHost;
import io.infrabridge.runtime.execution.StepRecord;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.runtime.worker.approval.Parked;
import io.infrabridge.testkit.TestBroker;
import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustFile;
import io.infrabridge.trust.signature.TrustedKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** A whole worker on a real broker, in a domain of its own, and what a gateway does around it. */
final class Bench implements AutoCloseable {
    /** For what must come: of no interest to a test that passes, and long, because machines that build besides are slow. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    static final int TARGETS = 30;

    static final String POLICY = """
            roles:
              - {name: reader, risks: [READ]}
              - {name: operator, risks: [READ, CHANGE]}
              - {name: admin, risks: [READ, CHANGE, DESTRUCTIVE]}
            """;

    final Domain domain = Domain.of("t" + UUID.randomUUID().toString().substring(0, 8));
    final SigningKey gateway = SigningKey.generate("gateway");
    /** An issuer that may not assert administrators. */
    final SigningKey clerk = SigningKey.generate("clerk");

    final FakeHost host = new FakeHost();
    final MeterRegistry metrics = new SimpleMeterRegistry();
    final SecurityLog security = new SecurityLog(metrics);
    final TargetHealth health = new TargetHealth(metrics);
    private final SigningKey own = SigningKey.generate(domain + "-worker");
    private final KafkaClients kafka;
    private final Producer<String, byte[]> producer;
    private final Path folder;
    private final AtomicInteger workers = new AtomicInteger();
    private final List<Worker> beside = new ArrayList<>();
    private final Targets targets;
    private @Nullable Worker worker;

    Bench(Path folder) throws IOException {
        this(folder, Optional.empty());
    }

    /** With these targets in place of the fake host. */
    Bench(Path folder, Optional<Targets> targets) throws IOException {
        this(folder, targets, TestBroker.bootstrapServers());
    }

    /** On this broker, which has nothing yet. */
    Bench(Path folder, Optional<Targets> targets, String bootstrapServers) throws IOException {
        this(folder, targets, bootstrapServers, true);
    }

    /** Without a worker. */
    static Bench idle(Path folder) throws IOException {
        return new Bench(folder, Optional.empty(), TestBroker.bootstrapServers(), false);
    }

    private Bench(Path folder, Optional<Targets> targets, String bootstrapServers, boolean begins) throws IOException {
        this.folder = folder;
        this.targets = targets.orElse(host);
        this.kafka = new KafkaClients(bootstrapServers);
        this.producer = kafka.producer();
        try {
            TopicSetup.createMissing(bootstrapServers, Topics.all(List.of(domain)));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        own.write(folder.resolve("worker.key"));
        trust(gateway);
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Files.writeString(folder.resolve("inventory.yaml"), inventory());
        if (begins) {
            begin();
        }
    }

    /** Hosts t0 to t29; all of them are the fake one. */
    private static String inventory() {
        StringBuilder hosts = new StringBuilder("hosts:\n");
        for (int i = 0; i < TARGETS; i++) {
            hosts.append(
                    "  - {name: t%d, addresses: [192.0.2.%d], user: infra, key: k, known_hosts: h}\n".formatted(i, i));
        }
        return hosts.toString();
    }

    /** Starts one more worker, and is done when both have commands of their own. */
    void startBeside() {
        beside.add(start());
        Set<String> answering = new HashSet<>();
        long end = System.nanoTime() + PATIENCE.toNanos() * 3;
        while (answering.size() < 2) {
            if (System.nanoTime() > end) {
                throw new AssertionError("only " + answering + " answer");
            }
            answering.clear();
            List<Command> looks = new ArrayList<>();
            for (int i = 0; i < TARGETS; i++) {
                looks.add(on(
                        "t" + i,
                        command("add", Set.of("operator"), true, Instant.now().plusSeconds(60), "a")));
            }
            looks.forEach(this::sendToTarget);
            results(looks).forEach(result -> result.worker().ifPresent(answering::add));
        }
    }

    Command on(String target, Command command) {
        return new Command(
                command.id(),
                command.issuer(),
                command.tool(),
                command.action(),
                command.arguments(),
                target,
                command.caller(),
                command.roles(),
                command.reason(),
                command.idempotencyKey(),
                command.dryRun(),
                command.createdAt(),
                command.deadline(),
                command.parentId());
    }

    void sendToTarget(Command command) {
        byte[] value = Json.bytes(command);
        String signature = gateway.sign(Topics.commands(domain), value);
        send(command.id(), EventType.COMMAND, value, gateway.id(), signature, command.target());
    }

    List<Operation> results(List<Command> commands) {
        return results(commands, PATIENCE);
    }

    /** One result of each, though some may have been published more than once. */
    List<Operation> results(List<Command> commands, Duration patience) {
        Set<String> ids = commands.stream().map(Command::id).collect(Collectors.toSet());
        return found(Topics.RESULTS, record -> ids.contains(record.key()), ConsumerRecord::key, ids.size(), patience)
                .stream()
                .map(record -> Json.read(record.value(), Operation.class))
                .toList();
    }

    /** Writes a reservation as somebody with this key would. */
    void reserve(Reservation reservation, SigningKey signer) {
        byte[] value = Json.bytes(reservation);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.ALLOWANCES, reservation.operation(), value);
        record.headers().add(Envelope.KEY_ID_HEADER, signer.id().getBytes(StandardCharsets.UTF_8));
        record.headers()
                .add(
                        Envelope.SIGNATURE_HEADER,
                        signer.sign(Topics.ALLOWANCES, value).getBytes(StandardCharsets.UTF_8));
        producer.send(record);
        producer.flush();
    }

    private Worker start() {
        return start(kafka, targets, Duration.ofSeconds(5));
    }

    /** Starts a worker with these clients, these targets and so long to drain; whoever starts it stops it. */
    Worker start(BusClients clients, Targets kind, Duration drain) {
        OperationCatalogue catalogue = new OperationCatalogue(List.of(new AddNames(true), new AddNames(false)));
        Worker started = new Worker(
                new BenchConfiguration(folder, domain, nameOf(workers.incrementAndGet()), drain),
                catalogue,
                List.of(kind),
                clients,
                new Telemetry(OpenTelemetry.noop(), metrics, security, health, List.of()));
        started.start(new StartupEvent());
        return started;
    }

    /** The usual roles and these rules, for the next worker that is started. */
    void rules(String more) throws IOException {
        policy(POLICY + more);
    }

    /** Starts a second worker beside the first, which then goes. */
    void handOver() throws InterruptedException {
        Worker first = java.util.Objects.requireNonNull(worker);
        worker = start();
        first.stop(new ShutdownEvent());
    }

    /** Replaces the key of the gateway that the worker believes, as an administrator does. */
    void trust(SigningKey issuer) throws IOException {
        Path next = folder.resolve("trust.next");
        ConfigurationFile.write(
                next,
                new TrustFile(List.of(
                        TrustedKey.issuer(issuer, "gateway", List.of("reader", "operator", "admin")),
                        TrustedKey.issuer(clerk, "clerk", List.of("reader", "operator")),
                        TrustedKey.worker(own, domain + "-worker", domain.name()))));
        Files.move(next, folder.resolve("trust.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What the worker signs with. */
    SigningKey own() {
        return own;
    }

    /** Replaces the worker's policy, as an administrator does. */
    void policy(String yaml) throws IOException {
        Path next = Files.writeString(folder.resolve("policy.next"), yaml);
        Files.move(next, folder.resolve("policy.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The next news of the worker's configuration that are so. */
    HealthEvent configurationNews(HealthEvent.Status status) {
        return records(Topics.HEALTH, record -> ofConfiguration(record, status), 1).stream()
                .map(record -> Json.read(record.value(), HealthEvent.class))
                .findFirst()
                .orElseThrow();
    }

    private boolean ofConfiguration(ConsumerRecord<String, byte[]> record, HealthEvent.Status status) {
        HealthEvent event = Json.read(record.value(), HealthEvent.class);
        return event.worker().startsWith(domain.name())
                && event.kind().equals("configuration")
                && event.status() == status;
    }

    /** As it is told in results; the first worker is 1. */
    String nameOf(int worker) {
        return domain + "-worker-" + worker;
    }

    /** The first worker goes, as if it was asked to. */
    void stopFirst() throws InterruptedException {
        worker.stop(new ShutdownEvent());
    }

    void startAnother() {
        worker = start();
    }

    /** Stops the worker and starts another one in its place. */
    void restart() throws InterruptedException {
        stop();
        begin();
    }

    void stop() throws InterruptedException {
        if (worker != null) {
            worker.stop(new ShutdownEvent());
            worker = null;
        }
    }

    void begin() {
        worker = start();
    }

    /** Writes to the ledger what a worker before this one would have, had it died then. */
    void inTheLedger(Command command, LedgerEntry.Phase phase, Optional<Parked> parked, Optional<StepRecord> begun) {
        byte[] value = Json.bytes(command);
        LedgerEntry entry = new LedgerEntry(
                command.issuer(),
                command.id(),
                RequestHash.of(value),
                phase,
                Optional.of(new LedgerEntry.Request(value, Map.of())),
                Optional.empty(),
                parked,
                begun,
                Optional.empty(),
                Instant.now());
        producer.send(new ProducerRecord<>(
                Topics.ledger(domain),
                partition(command.target()),
                entry.key(),
                Json.bytes(new LedgerRecord(1, 1, 1, entry))));
        producer.flush();
    }

    Command command(String action, Set<String> roles, boolean dryRun, Instant deadline, String... names) {
        return new Command(
                UUID.randomUUID().toString(),
                "gateway",
                "fake_names",
                action,
                Json.object().put("action", action).set("names", Json.tree(List.of(names))),
                "localhost",
                "key:test",
                roles,
                Optional.of("a test"),
                Optional.empty(),
                dryRun,
                Instant.now(),
                deadline,
                Optional.empty());
    }

    Command command(String action, String... names) {
        return command(action, Set.of("operator"), false, Instant.now().plusSeconds(60), names);
    }

    void send(Command command) {
        send(command.id(), EventType.COMMAND, Json.bytes(command), gateway);
    }

    void send(Command command, SigningKey signer) {
        send(command.id(), EventType.COMMAND, Json.bytes(command), signer);
    }

    void send(Cancel cancel) {
        send(cancel.id(), EventType.CANCEL, Json.bytes(cancel), gateway);
    }

    void send(ApprovalDecision decision) {
        send(decision, gateway);
    }

    void send(ApprovalDecision decision, SigningKey signer) {
        send(decision.id(), EventType.APPROVAL_DECISION, Json.bytes(decision), signer);
    }

    void send(String id, EventType type, byte[] value, SigningKey signer) {
        String topic = Topics.commands(domain);
        send(id, type, value, signer.id(), signer.sign(topic, value), "localhost");
    }

    void send(String id, EventType type, byte[] value, String keyId, String signature, String recordKey) {
        send(id, type, value, Map.of("keyid", keyId, "signature", signature), recordKey);
    }

    void send(String id, EventType type, byte[] value, Map<String, String> more, String recordKey) {
        send(new ProducerRecord<>(Topics.commands(domain), recordKey, value), id, type, more);
    }

    /** Puts it where its key does not belong. */
    void send(int partition, String id, EventType type, byte[] value, SigningKey signer) {
        String topic = Topics.commands(domain);
        send(
                new ProducerRecord<>(topic, partition, "localhost", value),
                id,
                type,
                Map.of("keyid", signer.id(), "signature", signer.sign(topic, value)));
    }

    private void send(ProducerRecord<String, byte[]> record, String id, EventType type, Map<String, String> more) {
        Headers headers = record.headers();
        new Envelope(id, "/gateway", type, Instant.now()).headers().forEach(headers::add);
        more.forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
        headers.add(
                Envelope.TRACEPARENT_HEADER,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(StandardCharsets.UTF_8));
        producer.send(record);
        producer.flush();
    }

    /** Where the records of this key stand. */
    static int partition(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % Topics.PARTITIONS;
    }

    Operation result(Command command) {
        return Json.read(results(command, 1).get(0).value(), Operation.class);
    }

    /** The first results of this command, once there are so many. */
    List<ConsumerRecord<String, byte[]>> results(Command command, int count) {
        return records(Topics.RESULTS, record -> record.key().equals(command.id()), count);
    }

    /** All results of these commands that were published before this moment. */
    List<ConsumerRecord<String, byte[]>> resultsSoFar(List<Command> commands) {
        Set<String> ids = commands.stream().map(Command::id).collect(Collectors.toSet());
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (Consumer<String, byte[]> reader = kafka.reader()) {
            List<TopicPartition> partitions = reader.partitionsFor(Topics.RESULTS).stream()
                    .map(info -> new TopicPartition(Topics.RESULTS, info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (ids.contains(record.key())) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }

    /** For what no other question here answers. */
    Consumer<String, byte[]> reader() {
        return kafka.reader();
    }

    /** The operation while it waits with so many decisions. */
    Operation waiting(Command command, int decisions) {
        return approvals(
                command.id(),
                EventType.APPROVAL_REQUESTED,
                Operation.class,
                operation -> operation.state() == State.AWAITING_APPROVAL
                        && operation.approval().orElseThrow().decisions().size() == decisions);
    }

    Operation waiting(Command command) {
        return waiting(command, 0);
    }

    ApprovalAnswered answer(ApprovalDecision decision) {
        return approvals(
                decision.operationId(),
                EventType.APPROVAL_ANSWERED,
                ApprovalAnswered.class,
                answer -> answer.decisionId().equals(decision.id()));
    }

    private <T> T approvals(String key, EventType type, Class<T> payload, Predicate<T> wanted) {
        return Json.read(
                records(
                                Topics.APPROVALS,
                                record -> record.key().equals(key)
                                        && type(record).equals(type.type())
                                        && wanted.test(Json.read(record.value(), payload)),
                                1)
                        .get(0)
                        .value(),
                payload);
    }

    private static String type(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
    }

    DeadLetter deadLetter(Predicate<DeadLetter> wanted) {
        return records(
                        Topics.DEAD_LETTERS,
                        record -> wanted.test(Json.read(record.value(), DeadLetter.class))
                                && record.key().equals(Topics.commands(domain)),
                        1)
                .stream()
                .map(record -> Json.read(record.value(), DeadLetter.class))
                .findFirst()
                .orElseThrow();
    }

    List<ConsumerRecord<String, byte[]>> records(
            String topic, Predicate<ConsumerRecord<String, byte[]>> wanted, int count) {
        return found(topic, wanted, record -> record.partition() + "@" + record.offset(), count, PATIENCE);
    }

    /** So many of them that are told apart by this, in the order in which they came. */
    private List<ConsumerRecord<String, byte[]>> found(
            String topic,
            Predicate<ConsumerRecord<String, byte[]>> wanted,
            Function<ConsumerRecord<String, byte[]>, String> different,
            int count,
            Duration patience) {
        Map<String, ConsumerRecord<String, byte[]>> found = new LinkedHashMap<>();
        long end = System.nanoTime() + patience.toNanos();
        try (Consumer<String, byte[]> reader = kafka.reader()) {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            while (found.size() < count) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(found.size() + " of " + count + " records came on " + topic);
                }
                reader.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (wanted.test(record)) {
                        found.putIfAbsent(different.apply(record), record);
                    }
                });
            }
        }
        return List.copyOf(found.values());
    }

    @Override
    public void close() throws InterruptedException {
        for (Worker one : beside) {
            one.stop(new ShutdownEvent());
        }
        stop();
        producer.close();
    }
}
