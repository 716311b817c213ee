package io.infrabridge.runtime.operation;

import java.util.List;
import java.util.Set;

/**
 * Sends one request to the cluster's API.
 *
 * @param accepted the status codes that count as success
 */
public record Call(String description, ApiRequest request, Set<Integer> accepted, Undo undo) implements Step {
    public Call {
        description = Step.brief(description);
        accepted = Set.copyOf(accepted);
    }

    public static Call of(String description, ApiRequest request) {
        return new Call(description, request, Set.of(200, 201, 202), Undo.none());
    }

    public Call accepting(Integer... statuses) {
        return new Call(description, request, Set.of(statuses), undo);
    }

    public Call undoneBy(Undo taking) {
        return new Call(description, request, accepted, taking);
    }

    @Override
    public List<String> command() {
        return request.display();
    }

    @Override
    public boolean accepts(Output output) {
        return accepted.contains(output.status());
    }
}
