package io.infrabridge.trust.policy;

import io.infrabridge.contract.Risk;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** What somebody might ask for in these tests, changed step by step. */
record Asking(Access access) {
    static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

    static Asking as(String... roles) {
        return new Asking(new Access(
                "key:alice", Set.of(roles), "server_manage", "package.install", Risk.CHANGE, "web1", Map.of(), NOW));
    }

    Asking risk(Risk risk) {
        return new Asking(new Access(
                access.caller(),
                access.roles(),
                access.tool(),
                access.action(),
                risk,
                access.target(),
                access.labels(),
                access.at()));
    }

    Asking action(String tool, String action) {
        return new Asking(new Access(
                access.caller(),
                access.roles(),
                tool,
                action,
                access.risk(),
                access.target(),
                access.labels(),
                access.at()));
    }

    Asking target(String target, Map<String, String> labels) {
        return new Asking(new Access(
                access.caller(),
                access.roles(),
                access.tool(),
                access.action(),
                access.risk(),
                target,
                labels,
                access.at()));
    }

    Asking target(String target) {
        return target(target, Map.of());
    }

    Asking at(String instant) {
        return new Asking(new Access(
                access.caller(),
                access.roles(),
                access.tool(),
                access.action(),
                access.risk(),
                access.target(),
                access.labels(),
                Instant.parse(instant)));
    }

    Decision of(Policy policy) {
        return policy.decide(access);
    }

    /** The rule that decides, and how. */
    String ruling(Policy policy) {
        Decision decision = of(policy);
        return (decision.allowed() ? "allowed by " : "refused by ") + decision.rule();
    }
}
