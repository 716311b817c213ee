package io.infrabridge.gateway.rest;

import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.command.FindOperation;
import io.infrabridge.gateway.problem.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Answers 404 and 503 while there still is a status to send: the stream's own is written before its first event. */
@Singleton
public final class KnownOperationFilter {
    static final String FOUND = "io.infrabridge.operation";

    // filters are made while the application is built, when there is no configuration yet
    private final Instance<FindOperation> find;

    KnownOperationFilter(Instance<FindOperation> find) {
        this.find = find;
    }

    /** Leaves the operation with the request. */
    @ServerRequestFilter
    @OfKnownOperation
    public Uni<@Nullable Response> exists(ContainerRequestContext request) {
        String id = request.getUriInfo().getPathParameters().getFirst("id");
        return find.get().find(id).map(found -> {
            if (found instanceof Outcome.Passed<Operation> passed) {
                request.setProperty(FOUND, passed.value());
                return null;
            }
            return Answers.outcome(found, Answers::json);
        });
    }
}
