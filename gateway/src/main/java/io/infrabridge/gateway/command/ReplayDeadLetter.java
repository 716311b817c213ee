package io.infrabridge.gateway.command;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.SecurityEvent;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import io.infrabridge.gateway.security.ServiceName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes what was set aside to where it was, exactly as it was: value, key, headers, partition. It is never signed anew, so its
 * own signature decides again, and so do clock, policy and ledger; what cannot be believed only becomes another dead letter.
 */
@Singleton
public final class ReplayDeadLetter {
    private static final String ADMINISTRATOR = "admin";
    private static final String COMMANDS = "infra.commands.";

    private final DeadLetters letters;
    private final SignedPublisher publisher;
    private final Bus bus;
    private final Clock clock;

    ReplayDeadLetter(DeadLetters letters, SignedPublisher publisher, Bus bus, Clock clock) {
        this.letters = letters;
        this.publisher = publisher;
        this.bus = bus;
        this.clock = clock;
    }

    /** The letter that was replayed; who did it and why is on record before. */
    public Uni<Outcome<DeadLetter>> replay(String id, String reason, Caller caller) {
        if (!caller.roles().contains(ADMINISTRATOR)) {
            return Uni.createFrom()
                    .item(Outcome.refused(Refusal.of(
                            Category.FORBIDDEN,
                            "Only an administrator may replay what was set aside.",
                            "Ask one; anybody may read it.")));
        }
        return letters.find(id)
                .map(found -> found.then(ReplayDeadLetter::replayable))
                .chain(found -> found instanceof Outcome.Passed<DeadLetter> passed
                        ? publish(passed.value(), reason, caller)
                        : Uni.createFrom().item(found));
    }

    /** What is read by more than one service, or in order, cannot be said twice without a change of its meaning. */
    private static Outcome<DeadLetter> replayable(DeadLetter letter) {
        return letter.topic().startsWith(COMMANDS) || letter.topic().equals(Topics.CATALOGUE)
                ? Outcome.passed(letter)
                : Outcome.refused(Refusal.of(
                        Category.CONFLICT,
                        "What came from " + letter.topic() + " is not replayed.",
                        "Only commands and announcements are."));
    }

    private Uni<Outcome<DeadLetter>> publish(DeadLetter letter, String reason, Caller caller) {
        SecurityEvent event = new SecurityEvent(
                UUID.randomUUID().toString(),
                SecurityEvent.Kind.DEAD_LETTER_REPLAYED,
                ServiceName.GATEWAY,
                Optional.empty(),
                Optional.of(caller.name()),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.of(letter.id() + ": " + reason),
                ServiceName.GATEWAY,
                clock.instant());
        return publisher
                .publish(
                        Topics.SECURITY,
                        event.target(),
                        new Envelope(event.id(), "/" + ServiceName.GATEWAY, EventType.SECURITY, event.at()),
                        event)
                .chain(() -> bus.send(original(letter)))
                .replaceWith(Outcome.passed(letter))
                .onFailure(BusUnavailable.class)
                .recoverWithItem(failure -> Outcome.refused(Refusal.of(
                        Category.BUS_UNAVAILABLE,
                        "It could not be replayed: " + failure.getMessage(),
                        "Try again in a moment; a command that was replayed twice is run once.")));
    }

    private static ProducerRecord<String, byte[]> original(DeadLetter letter) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                letter.topic(),
                letter.partition(),
                letter.key().orElse(null),
                Base64.getDecoder().decode(letter.value()));
        letter.headers().forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
