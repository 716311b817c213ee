package io.infrabridge.cluster.kubernetes;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** An HTTP server that answers as its test says and remembers what it was asked. */
final class ScriptedApi implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    ScriptedApi(Vertx vertx, Handler<HttpServerRequest> script) throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> {
                    requests.add(new Request(
                            request.method().name(),
                            request.uri(),
                            String.valueOf(request.getHeader("Content-Type")),
                            String.valueOf(request.getHeader("Authorization")),
                            body.toString()));
                    script.handle(request);
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    record Request(String method, String uri, String contentType, String authorization, String body) {}
}
