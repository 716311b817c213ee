package io.infrabridge.cluster.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.operation.ApiRequest;
import io.infrabridge.runtime.operation.Output;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request and its answer, which is read piece by piece up to a limit. */
final class ApiExchange {
    static final int LONGEST_ANSWER = 4 * 1024 * 1024;

    private final ApiFailures failures;
    private final UniEmitter<? super Output> emitter;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private boolean truncated;
    private boolean over;
    private @Nullable AsyncBody body;

    private ApiExchange(ApiFailures failures, UniEmitter<? super Output> emitter) {
        this.failures = failures;
        this.emitter = emitter;
    }

    /** The answer, whatever its status but 401; else an ExecutionFailure, within the limit for requests. */
    static Uni<Output> send(ClusterConnection connection, ApiRequest request, Cancellation cancellation) {
        ApiFailures failures = new ApiFailures(connection, request);
        Uni<Output> answer = Uni.createFrom().emitter(emitter -> {
            ApiExchange exchange = new ApiExchange(failures, emitter);
            Runnable withdraw = cancellation.onRequest(() -> emitter.fail(failures.cancelled()));
            emitter.onTermination(() -> {
                withdraw.run();
                exchange.letGo();
            });
            if (!cancellation.requested()) {
                exchange.start(connection, request);
            }
        });
        // the client's own limit is one on silence; a server that drips its answer would pass it
        return answer.ifNoItem()
                .after(connection.limit())
                .failWith(() -> failures.of(new TimeoutException("no answer")));
    }

    private void start(ClusterConnection connection, ApiRequest request) {
        String endpoint = connection.facts().endpoint().replaceAll("/+$", "");
        HttpRequest.Builder http = connection
                .client()
                .getHttpClient()
                .newHttpRequestBuilder()
                .uri(endpoint + request.path())
                .header("Accept", "application/json, */*")
                .timeout(connection.limit().toMillis(), TimeUnit.MILLISECONDS);
        String type = request.method() == ApiRequest.Method.PATCH ? "application/merge-patch+json" : "application/json";
        http.method(
                request.method().name(), type, request.body().map(Json::text).orElse(null));
        connection
                .client()
                .getHttpClient()
                .consumeBytes(http.build(), this::piece)
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        emitter.fail(failures.of(failure));
                    } else {
                        answered(response);
                    }
                });
    }

    private void answered(HttpResponse<AsyncBody> response) {
        synchronized (this) {
            body = response.body();
            if (over) {
                body.cancel();
                return;
            }
        }
        if (response.code() == 401) {
            emitter.fail(failures.unauthorized());
            return;
        }
        response.body().done().whenComplete((done, failure) -> {
            if (failure != null && !truncated()) {
                emitter.fail(failures.of(failure));
            } else {
                succeed(response.code());
            }
        });
        response.body().consume();
    }

    private void piece(List<ByteBuffer> buffers, AsyncBody from) {
        boolean enough;
        synchronized (this) {
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[Math.min(buffer.remaining(), LONGEST_ANSWER - text.size())];
                truncated |= bytes.length < buffer.remaining();
                buffer.get(bytes);
                text.write(bytes, 0, bytes.length);
            }
            enough = truncated || over;
        }
        if (enough) {
            from.cancel();
        } else {
            from.consume();
        }
    }

    private synchronized boolean truncated() {
        return truncated;
    }

    private void succeed(int status) {
        Output output;
        synchronized (this) {
            over = true;
            output = new Output(status, text.toString(StandardCharsets.UTF_8), "", truncated);
        }
        emitter.complete(output);
    }

    /** Closes what is still open; nobody waits for the rest of the answer. */
    private synchronized void letGo() {
        if (!over && body != null) {
            body.cancel();
        }
        over = true;
    }
}
