package io.infrabridge.gateway.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A refusal as HTTP says it.
 *
 * @param operationId the refused request's own id, under which the audit has it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        Category category,
        String hint,
        Optional<String> operationId,
        List<PropertyError> errors) {
    /** When to ask again for what may succeed in a moment. */
    public static final int RETRY_AFTER_SECONDS = 2;

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(Refusal refusal) {
        return of(refusal, status(refusal.category()), Optional.empty());
    }

    public static Problem of(Refusal refusal, String operationId) {
        return of(refusal, status(refusal.category()), Optional.of(operationId));
    }

    public static Problem of(Refusal refusal, int status, Optional<String> operationId) {
        String words = refusal.category().name().toLowerCase(Locale.ROOT);
        return new Problem(
                "urn:infrabridge:problem:" + words.replace('_', '-'),
                Character.toUpperCase(words.charAt(0)) + words.substring(1).replace('_', ' '),
                status,
                refusal.message(),
                refusal.category(),
                refusal.hint(),
                operationId,
                refusal.errors());
    }

    @JsonIgnore
    public byte[] json() {
        return Json.bytes(this);
    }

    /** Whether the same request may succeed in a moment. */
    @JsonIgnore
    public boolean passing() {
        return status == 503 || status == 429;
    }

    private static int status(Category category) {
        return switch (category) {
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN, BAD_SIGNATURE -> 403;
            case UNKNOWN_TOOL, UNKNOWN_TARGET, NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case PAYLOAD_TOO_LARGE -> 413;
            case RATE_LIMITED -> 429;
            case WORKER_UNAVAILABLE, BUS_UNAVAILABLE, AUDIT_UNAVAILABLE, OVERLOADED -> 503;
            case INTERNAL -> 500;
            default -> 400;
        };
    }
}
