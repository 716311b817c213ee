package io.infrabridge.gateway.mcp;

import io.infrabridge.contract.Approval;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.gateway.command.DecideOnOperation;
import io.infrabridge.gateway.command.DecisionRequest;
import io.infrabridge.gateway.command.FindOperation;
import io.infrabridge.gateway.command.Waiting;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.security.Caller;
import io.quarkiverse.mcp.server.ElicitationRequest;
import io.quarkiverse.mcp.server.ElicitationRequest.BooleanSchema;
import io.quarkiverse.mcp.server.ElicitationResponse;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks the caller himself whether the plan shall be run, where his client can ask him. His answer is his own consent: it
 * is never the second person's, and the worker sees to that.
 */
@Singleton
final class Consent {
    private static final Logger LOG = Logger.getLogger(Consent.class);
    private static final String RUN = "run";
    /** What cannot be shown whole is not asked about. */
    private static final int LONGEST_QUESTION = 8000;

    private final DecideOnOperation decide;
    private final FindOperation find;
    private final McpConfiguration configuration;

    Consent(DecideOnOperation decide, FindOperation find, McpConfiguration configuration) {
        this.decide = decide;
        this.find = find;
        this.configuration = configuration;
    }

    /** The operation after its caller was asked; as it was, where it does not wait or he could not be asked. */
    Uni<Operation> of(Operation operation, ToolArguments call, Caller caller, Waiting waiting) {
        Optional<String> planHash = operation.approval().map(Approval::planHash);
        String question = question(operation);
        if (operation.state() != State.AWAITING_APPROVAL
                || planHash.isEmpty()
                || question.length() > LONGEST_QUESTION
                || call.connection().initialRequest() == null
                || !call.elicitation().isFormModeSupported()) {
            return Uni.createFrom().item(operation);
        }
        return request(call, question)
                .send()
                .map(Consent::answer)
                .onFailure()
                .invoke(failure -> LOG.infof("%s was not answered: %s", operation.id(), failure.getMessage()))
                .onFailure()
                .recoverWithItem(Optional.empty())
                .chain(answer -> answer.isEmpty()
                        ? Uni.createFrom().item(operation)
                        : decide.decide(operation.id(), DecisionRequest.consent(answer.get(), planHash.get()), caller)
                                .chain(() -> find.find(operation.id()))
                                .chain(now -> end(now, operation, waiting)));
    }

    /** One that waits for other people still is not waited for. */
    private Uni<Operation> end(Outcome<Operation> found, Operation before, Waiting waiting) {
        Operation now = found instanceof Outcome.Passed<Operation> passed ? passed.value() : before;
        return now.state() == State.AWAITING_APPROVAL
                ? Uni.createFrom().item(now)
                : find.find(now.id(), waiting)
                        .map(ended -> ended instanceof Outcome.Passed<Operation> passed ? passed.value() : now);
    }

    private ElicitationRequest request(ToolArguments call, String question) {
        return call.elicitation()
                .requestBuilder()
                .setMessage(question)
                .addSchemaProperty(RUN, new BooleanSchema("Run this plan", "Exactly these steps, or none", null, true))
                .setTimeout(configuration.consent())
                .build();
    }

    /** Whether he wants it run; nothing where he closed the question without an answer. */
    private static Optional<Boolean> answer(ElicitationResponse response) {
        return switch (response.action()) {
            case ACCEPT -> Optional.of(Boolean.TRUE.equals(response.content().getBoolean(RUN)));
            case DECLINE -> Optional.of(false);
            case CANCEL -> Optional.empty();
        };
    }

    private static String question(Operation operation) {
        StringBuilder text = new StringBuilder("Run this plan on " + operation.target() + "? " + operation.tool() + " "
                + operation.action() + ", operation " + operation.id() + ":");
        int number = 0;
        for (StepReport step : operation.steps()) {
            // as JSON, so that no argument can look like another line
            text.append('\n').append(++number).append(". ").append(Json.text(step.command()));
            step.sudo().ifPresent(reason -> text.append("\n   as root: ").append(Json.text(reason)));
            step.undo().forEach(undo -> text.append("\n   undone by: ").append(Json.text(undo)));
        }
        operation
                .approval()
                .filter(Approval::otherPerson)
                .ifPresent(approval -> text.append("\nSomebody else has to approve it too: ")
                        .append(String.join(" or ", approval.roles()))
                        .append('.'));
        return text.toString();
    }
}
