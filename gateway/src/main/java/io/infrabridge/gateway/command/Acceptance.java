package io.infrabridge.gateway.command;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;

/**
 * Publishes a command once. Without an idempotency key that is all; with one, what a change is accepted under is claimed in its topic
 * first, and whoever made the first claim, the command in it is what is published, by every replica with the very same bytes: so it does
 * not matter which of them dies when, and the worker knows it again. See ADR 23.
 */
@Singleton
final class Acceptance {
    private final RecentOperations operations;
    private final Claims claims;
    private final ClaimLog log;
    private final FormerOperations former;
    private final SignedPublisher publisher;
    private final AcceptanceTurns turns = new AcceptanceTurns();

    Acceptance(
            RecentOperations operations,
            Claims claims,
            ClaimLog log,
            FormerOperations former,
            SignedPublisher publisher) {
        this.operations = operations;
        this.claims = claims;
        this.log = log;
        this.former = former;
        this.publisher = publisher;
    }

    /** What a command was accepted as. */
    sealed interface Accepted {
        /** It was published just now. */
        record Now(Operation operation) implements Accepted {}

        /** Its key was used before, for this operation; whether for the same request is to be compared. */
        record Before(Known known) implements Accepted {}

        /** Its key was used before, for another request. */
        record Conflict(String id) implements Accepted {}

        /** No further key can be remembered. */
        record Full() implements Accepted {}
    }

    /** Fails with {@link BusUnavailable}; then nothing of it is remembered here. */
    Uni<Accepted> accept(Command command, Domain domain, boolean change) {
        boolean keyed = command.idempotencyKey().isPresent();
        if (!keyed) {
            return publish(command, Json.bytes(command), domain);
        }
        return turns.take(
                command.id(),
                () -> known(command, change)
                        .<Uni<Accepted>>map(known -> Uni.createFrom().item(known))
                        .orElseGet(
                                () -> change ? claim(command, domain) : publish(command, Json.bytes(command), domain)));
    }

    /** What another replica ran is known by its result, which does not tell the request; the claim does. */
    private Optional<Accepted> known(Command command, boolean change) {
        Optional<Claim> claim = claims.find(command.id());
        if (claim.isPresent() && !claim.get().requestHash().equals(Commands.hash(command))) {
            return Optional.of(new Accepted.Conflict(command.id()));
        }
        return operations
                .find(command.id())
                .filter(known -> !change || claim.isPresent() || known.sent().isPresent())
                .map(Accepted.Before::new);
    }

    private Uni<Accepted> claim(Command command, Domain domain) {
        Optional<Claim> before = claims.find(command.id());
        if (before.isEmpty() && claims.full()) {
            return Uni.createFrom().item(new Accepted.Full());
        }
        byte[] value = Json.bytes(command);
        Uni<Claim.Heard> first = before.map(claim -> Uni.createFrom().item(new Claim.Heard(claim, Optional.empty())))
                .orElseGet(() -> log.write(command, value, publisher));
        return Uni.combine()
                .all()
                .unis(first, former.find(command.id()))
                .asTuple()
                .chain(both -> {
                    Claim.Heard heard = both.getItem1();
                    if (!heard.claim().requestHash().equals(Commands.hash(command))) {
                        return Uni.createFrom().item(new Accepted.Conflict(command.id()));
                    }
                    return both.getItem2()
                            .<Uni<Accepted>>map(operation -> Uni.createFrom().item(remembered(operation)))
                            .orElseGet(() -> publishFirst(command, value, heard, domain));
                });
    }

    private Accepted remembered(Operation operation) {
        operations.learn(operation);
        return new Accepted.Before(new Known(operation, Optional.empty()));
    }

    /** Whose claim it was may have died before it published; the worker takes the same bytes only once. */
    private Uni<Accepted> publishFirst(Command command, byte[] own, Claim.Heard heard, Domain domain) {
        return heard.value()
                .map(value -> Uni.createFrom().item(Optional.of(value)))
                .orElseGet(() -> log.read(heard.claim()))
                .chain(value -> {
                    if (value.isEmpty()) {
                        claims.forget(command.id());
                        return claim(command, domain);
                    }
                    Command first = Arrays.equals(own, value.get()) ? command : Json.read(value.get(), Command.class);
                    return publish(first, value.get(), domain);
                });
    }

    private Uni<Accepted> publish(Command command, byte[] value, Domain domain) {
        Operation accepted = Operation.accepted(command, RefusedRequests.traceId());
        Known.Sent sent = new Known.Sent(domain, Commands.hash(command), command.deadline());
        Optional<Known> before = operations.begin(accepted, sent);
        if (before.isPresent()) {
            return Uni.createFrom().item(new Accepted.Before(before.get()));
        }
        Envelope envelope = new Envelope(command.id(), "/" + command.issuer(), EventType.COMMAND, command.createdAt());
        return publisher
                .publish(Topics.commands(domain), command.target(), envelope, value)
                .<Accepted>replaceWith(new Accepted.Now(accepted))
                .onFailure()
                .invoke(failure -> operations.forget(command.id()));
    }
}
