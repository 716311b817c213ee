package io.infrabridge.gateway.command;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.security.ServiceName;
import io.infrabridge.gateway.security.SignedRecords;
import io.infrabridge.trust.signature.TrustedKey;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which idempotency keys are used, as their topic says: the earliest record of a key counts, on every replica and after every
 * restart. Kept as long as the topic keeps it and no longer.
 */
@Singleton
final class Claims {
    private final SignedRecords signed;
    private final CommandConfiguration configuration;
    private final Clock clock;
    private final Map<String, Claim> claims = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<Claim.Heard>> awaited = new HashMap<>();

    Claims(SignedRecords signed, CommandConfiguration configuration, Clock clock) {
        this.signed = signed;
        this.configuration = configuration;
        this.clock = clock;
    }

    synchronized Optional<Claim> find(String id) {
        return Optional.ofNullable(claims.get(id));
    }

    /** What was claimed is never forgotten early; there is only no room for more. */
    synchronized boolean full() {
        forgetOld();
        return claims.size() >= configuration.rememberedKeys();
    }

    /** The first claim of the key, once it is read back. */
    synchronized CompletableFuture<Claim.Heard> await(String id) {
        return awaited.computeIfAbsent(id, key -> new CompletableFuture<>());
    }

    synchronized void giveUp(String id) {
        awaited.remove(id);
    }

    synchronized void forget(String id) {
        claims.remove(id);
    }

    /** Believes gateways alone: what is claimed here is signed as this gateway's command later. */
    void heard(ConsumerRecord<String, byte[]> record) {
        Optional<TrustedKey> key = signed.signer(record);
        if (key.isEmpty()) {
            return;
        }
        try {
            Command command = Json.read(record.value(), Command.class);
            if (key.get().kind() != TrustedKey.Kind.ISSUER
                    || !key.get().service().equals(ServiceName.GATEWAY)
                    || !command.issuer().equals(ServiceName.GATEWAY)
                    || !command.id().equals(record.key())) {
                signed.drop(record, "foreign", "key " + key.get().id() + " does not claim for a gateway");
            } else {
                take(command.id(), new Claim.Heard(Claim.of(record, command), Optional.of(record.value())));
            }
        } catch (InvalidContract e) {
            signed.drop(record, "contract", e.getMessage());
        }
    }

    private void take(String id, Claim.Heard heard) {
        Claim.Heard first = heard;
        CompletableFuture<Claim.Heard> waiting;
        synchronized (this) {
            Claim before = claims.putIfAbsent(id, heard.claim());
            if (before != null && before.offset() != heard.claim().offset()) {
                first = new Claim.Heard(before, Optional.empty());
            }
            waiting = awaited.remove(id);
        }
        if (waiting != null) {
            waiting.complete(first);
        }
    }

    private void forgetOld() {
        Instant old = clock.instant().minus(Topics.IDEMPOTENCY_RETENTION);
        for (Iterator<Claim> eldest = claims.values().iterator();
                eldest.hasNext() && eldest.next().at().isBefore(old); ) {
            eldest.remove();
        }
    }
}
