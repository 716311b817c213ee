package io.infrabridge.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.ApprovalDecision.Kind;
import io.infrabridge.contract.ApprovalDecision.Verdict;
import io.infrabridge.contract.Category;
import io.infrabridge.gateway.problem.Nearest;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.PropertyError;
import io.infrabridge.gateway.problem.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * What somebody says about a plan that waits.
 *
 * @param planHash the plan that he has seen, as he says it
 */
public record DecisionRequest(Verdict verdict, Kind kind, Optional<String> planHash, Optional<String> comment) {
    private static final List<String> PROPERTIES = List.of("decision", "plan_hash", "comment");
    private static final int LONGEST_COMMENT = 2000;

    /** The caller's own answer to the question whether he means it. */
    public static DecisionRequest consent(boolean given, String planHash) {
        return new DecisionRequest(
                given ? Verdict.APPROVE : Verdict.DENY, Kind.CONSENT, Optional.of(planHash), Optional.empty());
    }

    /** Reads it strictly: what is not understood must not be taken for an approval. */
    public static Outcome<DecisionRequest> read(ObjectNode body) {
        for (var names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!PROPERTIES.contains(name)) {
                return wrong(
                        Category.UNKNOWN_PROPERTY, name, "is not known", "one of " + Nearest.listed(name, PROPERTIES));
            }
        }
        JsonNode decision = body.path("decision");
        Optional<Verdict> verdict =
                switch (decision.asText()) {
                    case "approve" -> Optional.of(Verdict.APPROVE);
                    case "deny" -> Optional.of(Verdict.DENY);
                    default -> Optional.empty();
                };
        if (verdict.isEmpty() || !decision.isTextual()) {
            Category category = decision.isMissingNode() ? Category.MISSING_PROPERTY : Category.INVALID_REQUEST;
            return wrong(category, "decision", "is not a decision", "approve or deny");
        }
        Outcome<Optional<String>> planHash = text(body, "plan_hash", 64);
        Outcome<Optional<String>> comment = text(body, "comment", LONGEST_COMMENT);
        return planHash.then(hash ->
                comment.then(words -> Outcome.passed(new DecisionRequest(verdict.get(), Kind.DECISION, hash, words))));
    }

    private static Outcome<Optional<String>> text(ObjectNode body, String property, int longest) {
        JsonNode value = body.path(property);
        if (value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.asText().isBlank())) {
            return Outcome.passed(Optional.empty());
        }
        return value.isTextual() && value.asText().length() <= longest
                ? Outcome.passed(Optional.of(value.asText()))
                : wrong(
                        Category.INVALID_REQUEST,
                        property,
                        "is no text of that length",
                        "text of up to " + longest + " characters");
    }

    private static <T> Outcome<T> wrong(Category category, String property, String message, String expected) {
        return Outcome.refused(Refusal.of(
                category,
                property + " " + message + ".",
                "Expected: " + expected + ".",
                PropertyError.of("/" + property, message, expected)));
    }
}
