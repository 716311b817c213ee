package io.infrabridge.audit.rest;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns a refusal into its answer. */
final class Problems {
    @ServerExceptionMapper
    Response refused(Refused refused) {
        return Problem.of(refused.status(), refused.failure());
    }
}
