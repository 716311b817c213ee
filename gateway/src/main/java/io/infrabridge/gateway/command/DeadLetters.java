package io.infrabridge.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.gateway.audit.AuditAnswer;
import io.infrabridge.gateway.audit.AuditService;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was set aside, from the audit, which has every dead letter that a service provably signed. */
@Singleton
public final class DeadLetters {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final String PATH = "/api/v1/audit?type=dead-letter";

    private final AuditService audit;

    DeadLetters(AuditService audit) {
        this.audit = audit;
    }

    /**
     * One page, newest first, without the values.
     *
     * @param parameters of the audit's search: {@code key} is the topic that a letter comes from
     */
    public Uni<Outcome<Page>> list(Map<String, String> parameters) {
        return search(parameters).map(found -> found.then(page -> Outcome.passed(read(page))));
    }

    /** The one with this id, the latest where it was set aside more than once. */
    public Uni<Outcome<DeadLetter>> find(String id) {
        if (!ID.matcher(id).matches()) {
            return Uni.createFrom().item(Outcome.refused(unknown(id)));
        }
        return search(Map.of("event_id", id, "limit", "1"))
                .map(found -> found.then(page -> read(page).letters().stream()
                        .findFirst()
                        .map(Outcome::passed)
                        .orElseGet(() -> Outcome.refused(unknown(id)))));
    }

    private Uni<Outcome<JsonNode>> search(Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(parameter -> "&" + parameter.getKey() + "="
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        return audit.get(PATH + query).map(answered -> answered.then(DeadLetters::document));
    }

    private static Outcome<JsonNode> document(AuditAnswer answer) {
        try {
            JsonNode document = Json.parse(answer.body());
            return answer.status() == 200
                    ? Outcome.passed(document)
                    : Outcome.refused(Refusal.of(
                            answer.status() == 400 ? Category.INVALID_REQUEST : Category.AUDIT_UNAVAILABLE,
                            document.path("detail").asText("The audit service answered " + answer.status() + "."),
                            document.path("hint").asText("Ask again in a moment.")));
        } catch (InvalidContract e) {
            return Outcome.refused(Refusal.of(
                    Category.AUDIT_UNAVAILABLE, "The audit service sent what is not JSON.", "Ask again in a moment."));
        }
    }

    private static Page read(JsonNode page) {
        List<DeadLetter> letters = new ArrayList<>();
        page.path("records").forEach(record -> letters.add(Json.convert(record.path("payload"), DeadLetter.class)));
        return new Page(
                letters,
                Optional.of(page.path("next_cursor"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText));
    }

    private static Refusal unknown(String id) {
        String word = id.length() <= 128 ? id : id.substring(0, 128) + "…";
        return Refusal.of(
                Category.NOT_FOUND,
                "There is no dead letter " + word + ".",
                "List them at /api/v1/dead-letters; a new one is there a moment after it was set aside.");
    }

    /**
     * Some dead letters.
     *
     * @param nextCursor to be sent back for the next page; absent on the last
     */
    public record Page(List<DeadLetter> letters, Optional<String> nextCursor) {
        public Page {
            letters = List.copyOf(letters);
        }
    }
}
