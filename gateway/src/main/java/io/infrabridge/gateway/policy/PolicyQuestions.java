package io.infrabridge.gateway.policy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import io.infrabridge.trust.policy.Access;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers questions about the policy; those about somebody else, or another time, are for administrators. */
@Singleton
public final class PolicyQuestions {
    private static final String ADMINISTRATOR = "admin";

    private final CallerPolicy policy;

    PolicyQuestions(CallerPolicy policy) {
        this.policy = policy;
    }

    public Outcome<String> required(String property, Optional<String> value) {
        return value.filter(text -> !text.isBlank())
                .map(Outcome::passed)
                .orElseGet(() -> Outcome.refused(Refusal.of(
                        Category.MISSING_PROPERTY,
                        "The question needs " + property + ".",
                        "Ask /api/v1/policy/explain?tool=…&action=…&target=…; /api/v1/tools has tools and actions.")));
    }

    public Outcome<Explanation> answer(Question question, Caller caller, OperationDescriptor action, String target) {
        if (question.ofSomebodyElse() && !caller.roles().contains(ADMINISTRATOR)) {
            return Outcome.refused(Refusal.of(
                    Category.FORBIDDEN,
                    "Only an administrator may ask for other roles, another caller or another time.",
                    "Leave out roles, caller and at to ask for yourself."));
        }
        Optional<Instant> at = question.at().flatMap(PolicyQuestions::instant);
        if (question.at().isPresent() && at.isEmpty()) {
            return Outcome.refused(Refusal.of(
                    Category.INVALID_REQUEST, "at is not an instant.", "Write one such as 2026-12-24T00:00:00Z."));
        }
        Access access = policy.access(
                new Caller(question.caller().orElse(caller.name()), roles(question, caller)),
                action,
                target,
                at.orElseGet(policy::now));
        return Outcome.passed(Explanation.of(access, question.dryRun(), policy.evaluate(access, question.dryRun())));
    }

    private static Set<String> roles(Question question, Caller caller) {
        return question.roles().isEmpty()
                ? caller.roles()
                : question.roles().stream()
                        .flatMap(list -> Stream.of(list.split(",", -1)))
                        .map(String::strip)
                        .filter(role -> !role.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
