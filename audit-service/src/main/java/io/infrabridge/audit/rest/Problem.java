package io.infrabridge.audit.rest;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/**
 * An error as a caller gets it.
 *
 * @param type a URN made of the category, so that it names the kind of problem and no page has to exist
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public record Problem(
        String type, String title, int status, String detail, Category category, String message, String hint) {
    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String RETRY_AFTER_SECONDS = "2";

    static Response of(int status, Failure failure) {
        String name = failure.category().name().toLowerCase(Locale.ROOT);
        Problem problem = new Problem(
                "urn:infrabridge:problem:" + name.replace('_', '-'),
                name.replace('_', ' '),
                status,
                failure.message(),
                failure.category(),
                failure.message(),
                failure.hint());
        Response.ResponseBuilder response =
                Response.status(status).type(MEDIA_TYPE).entity(problem);
        if (status == 503) {
            response.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (status == 401) {
            response.header("WWW-Authenticate", "Bearer");
        }
        return response.build();
    }
}
