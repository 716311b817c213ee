package io.infrabridge.gateway.audit;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Asks the audit service; its absence is an answer too. */
@Singleton
public final class AuditService {
    private static final Logger LOG = Logger.getLogger(AuditService.class);

    private final AuditConfiguration configuration;
    private final HttpClient client;

    AuditService(AuditConfiguration configuration, Vertx vertx) {
        this.configuration = configuration;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) configuration.timeout().toMillis()));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** The operation as the audit has it, or nothing where it has none. */
    public Uni<Outcome<Optional<Operation>>> operation(String id) {
        return get("/api/v1/operations/" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                .map(answered -> answered.then(AuditService::read));
    }

    /** Passes a request on as it is; {@code pathAndQuery} begins with a slash. */
    public Uni<Outcome<AuditAnswer>> get(String pathAndQuery) {
        return get(pathAndQuery, configuration.timeout());
    }

    /** Passes on a request whose answer takes as long as the trail is. */
    public Uni<Outcome<AuditAnswer>> getProof(String pathAndQuery) {
        return get(pathAndQuery, configuration.proofTimeout());
    }

    private Uni<Outcome<AuditAnswer>> get(String pathAndQuery, Duration timeout) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(configuration.url().toString().replaceAll("/$", "") + pathAndQuery)
                .setTimeout(timeout.toMillis());
        configuration.token().ifPresent(token -> options.putHeader("Authorization", "Bearer " + token));
        Future<AuditAnswer> answer =
                client.request(options).compose(request -> request.send()).compose(AuditService::answer);
        return Uni.createFrom()
                .completionStage(answer.toCompletionStage())
                .map(AuditService::accepted)
                .onFailure()
                .recoverWithItem(AuditService::away);
    }

    private static Future<AuditAnswer> answer(HttpClientResponse response) {
        String type = Optional.ofNullable(response.getHeader("Content-Type")).orElse("application/json");
        return response.body().map(body -> new AuditAnswer(response.statusCode(), type, body.getBytes()));
    }

    /** That this gateway is not known there is no fault of its caller, who would take a 401 for his own. */
    private static Outcome<AuditAnswer> accepted(AuditAnswer answer) {
        return answer.status() == 401 || answer.status() == 403
                ? Outcome.refused(unavailable("does not accept this gateway's token"))
                : Outcome.passed(answer);
    }

    private static Outcome<Optional<Operation>> read(AuditAnswer answer) {
        if (answer.status() == 404) {
            return Outcome.passed(Optional.empty());
        }
        if (answer.status() != 200) {
            return Outcome.refused(unavailable("answered " + answer.status()));
        }
        try {
            return Outcome.passed(Optional.of(Json.read(answer.body(), Operation.class)));
        } catch (InvalidContract e) {
            LOG.warnf("the audit service sent what is no operation: %s", e.getMessage());
            return Outcome.refused(unavailable("sent what is no operation"));
        }
    }

    private static <T> Outcome<T> away(Throwable failure) {
        LOG.debugf(failure, "the audit service is away");
        return Outcome.refused(unavailable("could not be reached"));
    }

    static Refusal unavailable(String what) {
        return Refusal.of(
                Category.AUDIT_UNAVAILABLE,
                "The audit service " + what + ", and this gateway does not remember by itself.",
                "Nothing is lost: ask again in a moment.");
    }
}
