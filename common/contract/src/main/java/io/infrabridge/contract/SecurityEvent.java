package io.infrabridge.contract;

import java.time.Instant;
import java.util.Optional;

/**
 * Something at the borders of the system that belongs on record though no operation may tell it: a way into a host, or a request
 * that was turned away before it became one.
 *
 * @param target the inventory name of the host, or the service that was asked
 * @param address where the connection goes to, or where the request came from
 * @param user the account on the host, or the caller as far as he is known
 * @param via the jump host that it goes through
 * @param session the SSH session's name in results ({@code ssh_connection_id})
 * @param count how many such events this one stands for
 * @param detail what was refused and why, where a tunnel leads, or which dead letter was replayed and why
 * @param reporter the instance that saw it
 */
public record SecurityEvent(
        String id,
        Kind kind,
        String target,
        Optional<String> address,
        Optional<String> user,
        Optional<String> via,
        Optional<String> session,
        long count,
        Optional<String> detail,
        String reporter,
        Instant at) {
    public SecurityEvent {
        Require.id(id, "id");
        Require.present(kind, "kind");
        Require.name(target, "target");
        address.ifPresent(text -> Require.text(text, "address", 300));
        user.ifPresent(text -> Require.text(text, "user", 256));
        via.ifPresent(name -> Require.name(name, "via"));
        session.ifPresent(name -> Require.text(name, "session", 300));
        Require.positive(count, "count");
        detail.ifPresent(text -> Require.text(text, "detail", 2000));
        Require.name(reporter, "reporter");
        Require.present(at, "at");
    }

    /** What happened. */
    public enum Kind {
        SSH_SESSION_OPENED,
        SSH_SESSION_CLOSED,
        SSH_LOGIN_REFUSED,
        SSH_HOST_KEY_MISMATCH,
        SSH_JUMP,
        SSH_TUNNEL_OPENED,
        SSH_TUNNEL_CLOSED,
        SSH_TUNNEL_REFUSED,
        REQUEST_REFUSED,
        DEAD_LETTER_REPLAYED
    }
}
