package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.ApiRequest;
import io.infrabridge.runtime.operation.Call;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import java.util.Optional;

/** One answer of the API server: an object, or why there is none. */
record ApiAnswer(Output output) {
    private static final int LONGEST_MESSAGE = 1000;

    /** A look whose refusals are answers too, so that a plan can say what they mean. */
    static Call look(String description, String path) {
        return Call.of(description, ApiRequest.get(path)).accepting(200, 400, 403, 404, 410);
    }

    static List<ApiAnswer> all(Probed probed) {
        return probed.outputs().stream().map(ApiAnswer::new).toList();
    }

    /** Nothing to do where every look was answered; a refusal where one was not. */
    static Plan nothingUnlessRefused(Probed probed) {
        return all(probed).stream()
                .flatMap(answer -> answer.refusal().stream())
                .findFirst()
                .orElseGet(Plan::nothing);
    }

    boolean found() {
        return output.status() == 200;
    }

    boolean forbidden() {
        return output.status() == 403;
    }

    Optional<Plan> refusal() {
        if (found()) {
            return output.truncated() ? Optional.of(tooLong()) : Optional.empty();
        }
        return Optional.of(
                switch (output.status()) {
                    case 400 ->
                        Plan.refuse(
                                Category.INVALID_ARGUMENT,
                                "The cluster does not understand it: " + message(),
                                "A cursor is the next_cursor of the page before, unchanged.");
                    case 403 ->
                        Plan.refuse(
                                Category.FORBIDDEN,
                                "The cluster forbids it: " + message(),
                                "Grant that to the user of the kubeconfig, or name a namespace that it may see.");
                    case 410 ->
                        Plan.refuse(
                                Category.EXPIRED,
                                "The cursor is too old: " + message(),
                                "Begin again without a cursor.");
                    default ->
                        Plan.refuse(
                                Category.NOT_FOUND,
                                "The cluster does not have it: " + message(),
                                "The cluster may be of a version that is not supported.");
                });
    }

    JsonNode json() {
        try {
            return Json.parse(output.text());
        } catch (InvalidContract e) {
            throw new UnexpectedOutput("status " + output.status() + ", " + e.getMessage(), e);
        }
    }

    /** The items of a list; {@link UnexpectedOutput} where the answer is not a list. */
    JsonNode items() {
        JsonNode items = json().path("items");
        if (!items.isArray()) {
            throw new UnexpectedOutput("expected a list: " + shortened(output.text()));
        }
        return items;
    }

    Optional<String> nextPage() {
        return Optional.of(json().path("metadata").path("continue").asText()).filter(token -> !token.isEmpty());
    }

    /** What the server said: the message of its Status object, or its text. */
    String message() {
        String text = output.text().strip();
        if (text.startsWith("{")) {
            String message = json().path("message").asText();
            return shortened(message.isEmpty() ? text : message);
        }
        return text.isEmpty() ? "status " + output.status() : shortened(text);
    }

    private static Plan tooLong() {
        return Plan.refuse(
                Category.PAYLOAD_TOO_LARGE,
                "The cluster's answer was longer than this worker reads.",
                "Name a namespace, or ask for fewer with limit where the action has one.");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }
}
