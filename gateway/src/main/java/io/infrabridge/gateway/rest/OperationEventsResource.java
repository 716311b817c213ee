package io.infrabridge.gateway.rest;

import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.command.FindOperation;
import io.infrabridge.gateway.command.Update;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The life of one operation as server-sent events: its state, its progress, its end; then the stream closes. */
@Singleton
@Path("/api/v1/operations/{id}/events")
@Tag(name = "Operations")
public final class OperationEventsResource {
    private final FindOperation find;

    OperationEventsResource(FindOperation find) {
        this.find = find;
    }

    @GET
    @OfKnownOperation
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id, @Context ContainerRequestContext request, @Context Sse sse) {
        return find.follow((Operation) request.getProperty(KnownOperationFilter.FOUND))
                .map(update -> event(sse, update));
    }

    private static OutboundSseEvent event(Sse sse, Update update) {
        boolean changed = update instanceof Update.Changed;
        Object document =
                update instanceof Update.Changed change ? change.operation() : ((Update.Advanced) update).progress();
        return sse.newEventBuilder()
                .name(changed ? "operation" : "progress")
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(Json.text(document))
                .build();
    }
}
