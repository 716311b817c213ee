package io.infrabridge.gateway.audit;

import io.infrabridge.gateway.problem.Outcome;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.logging.Logger;

/** Fetches exports of the trail as streams: an export may be larger than this service's memory. Calls block. */
@Singleton
public final class AuditExports {
    private static final Logger LOG = Logger.getLogger(AuditExports.class);

    private final AuditConfiguration configuration;
    private final HttpClient client;

    AuditExports(AuditConfiguration configuration) {
        this.configuration = configuration;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(configuration.timeout())
                .build();
    }

    /**
     * What the audit service sends, while it sends it.
     *
     * @param body read at the speed of whoever wants it; to be closed
     */
    public record Export(int status, String contentType, InputStream body) {}

    public Outcome<Export> open(String pathAndQuery) {
        try {
            HttpResponse<InputStream> answer =
                    client.send(request(pathAndQuery), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() == 401 || answer.statusCode() == 403) {
                answer.body().close();
                return Outcome.refused(AuditService.unavailable("does not accept this gateway's token"));
            }
            String type = answer.headers().firstValue("Content-Type").orElse("application/x-ndjson");
            return Outcome.passed(new Export(answer.statusCode(), type, answer.body()));
        } catch (IOException e) {
            LOG.debugf(e, "the audit service is away");
            return Outcome.refused(AuditService.unavailable("could not be reached"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.refused(AuditService.unavailable("was not waited for"));
        }
    }

    private HttpRequest request(String pathAndQuery) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .uri(URI.create(configuration.url().toString().replaceAll("/$", "") + pathAndQuery))
                .timeout(configuration.proofTimeout());
        configuration.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request.build();
    }
}
