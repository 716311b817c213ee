package io.infrabridge.gateway.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.command.DecideOnOperation;
import io.infrabridge.gateway.command.DecisionRequest;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.security.Caller;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** A decision on an operation that waits for people; the same way as over REST from here on. */
@Singleton
final class ApprovalCall {
    private final DecideOnOperation decide;
    private final McpCaller callers;

    ApprovalCall(DecideOnOperation decide, McpCaller callers) {
        this.decide = decide;
        this.callers = callers;
    }

    Uni<ToolResponse> approve(ToolArguments call) {
        if (callers.readOnly(Endpoint.EVERYTHING, call)) {
            return Uni.createFrom().item(McpAnswers.refusal(FixedCalls.readOnly()));
        }
        Caller caller = callers.caller();
        return FixedCalls.withId(call, id -> decided(id, call, caller))
                .map(done -> FixedCalls.operation(done, call.connection()));
    }

    private Uni<Outcome<Operation>> decided(String id, ToolArguments call, Caller caller) {
        ObjectNode said = (ObjectNode) Json.tree(call.args());
        said.remove("id");
        Outcome<DecisionRequest> read = DecisionRequest.read(said);
        return read instanceof Outcome.Passed<DecisionRequest> passed
                ? decide.decide(id, passed.value(), caller)
                : Uni.createFrom().item(Outcome.refused(((Outcome.Refused<DecisionRequest>) read).refusal()));
    }
}
