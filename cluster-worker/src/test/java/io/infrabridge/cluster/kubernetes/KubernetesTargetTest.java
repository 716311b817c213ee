package io.infrabridge.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Execution;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.operation.ApiRequest;
import io.infrabridge.runtime.operation.Call;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.trust.inventory.Cluster;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubernetesTargetTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration LIMIT = Duration.ofMillis(800);
    private static final Call NODES = ApiAnswer.look("List the nodes", "/api/v1/nodes");

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();
    private final Tracer tracer = SdkTracerProvider.builder()
            .addSpanProcessor(new Remembering(spans))
            .build()
            .get("test");
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void givesEveryAnswerWithItsStatus() throws Exception {
        ScriptedApi api = api(request -> request.response()
                .setStatusCode(Integer.parseInt(request.uri().substring(1)))
                .end("said"));
        Target<?> target = target(api.url());
        for (int status : new int[] {200, 201, 400, 403, 404, 409, 410, 422, 429, 500, 503}) {
            assertThat(run(target, ApiAnswer.look("Ask", "/" + status)))
                    .isEqualTo(new Output(status, "said", "", false));
        }
        assertThat(api.requests())
                .hasSize(11)
                .allMatch(request -> request.authorization().equals("Bearer token-0"));
    }

    @Test
    void sendsMethodPathAndBody() throws Exception {
        ScriptedApi api = api(request -> request.response().end("{}"));
        Target<?> target = target(api.url() + "/k8s/clusters/c-1/");
        Optional<com.fasterxml.jackson.databind.JsonNode> body = Optional.of(Json.parse("{\"a\":1}"));
        for (ApiRequest.Method method : ApiRequest.Method.values()) {
            run(
                    target,
                    Call.of(
                            "Send",
                            new ApiRequest(
                                    method,
                                    "/x?y=a%2Fb",
                                    method == ApiRequest.Method.GET || method == ApiRequest.Method.DELETE
                                            ? Optional.empty()
                                            : body)));
        }
        assertThat(api.requests())
                .extracting(ScriptedApi.Request::method)
                .containsExactly("GET", "POST", "PUT", "PATCH", "DELETE");
        assertThat(api.requests()).extracting(ScriptedApi.Request::uri).containsOnly("/k8s/clusters/c-1/x?y=a%2Fb");
        assertThat(api.requests())
                .extracting(ScriptedApi.Request::body)
                .containsExactly("", "{\"a\":1}", "{\"a\":1}", "{\"a\":1}", "");
        assertThat(api.requests().get(2).contentType()).isEqualTo("application/json");
        assertThat(api.requests().get(3).contentType()).isEqualTo("application/merge-patch+json");
    }

    @Test
    void cutsAnAnswerThatIsTooLong() throws Exception {
        ScriptedApi api = api(request -> request.response().end(Buffer.buffer("x".repeat(5 * 1024 * 1024))));
        Output output = run(target(api.url()), NODES);
        assertThat(output.truncated()).isTrue();
        assertThat(output.text()).hasSize(ApiExchange.LONGEST_ANSWER);
    }

    @Test
    void doesNotGiveAnswersOnAnEventLoop() throws Exception {
        ScriptedApi api = api(request -> request.response().end("{}"));
        String thread = target(api.url())
                .execute(NODES, Cancellation.never())
                .map(output -> Thread.currentThread().getName())
                .await()
                .atMost(Duration.ofSeconds(5));
        assertThat(thread).doesNotContain("eventloop");
    }

    @Test
    void saysThatTheCredentialsAreNotAccepted() throws Exception {
        ScriptedApi api = api(request -> request.response().setStatusCode(401).end("{}"));
        ExecutionFailure failure = failure(target(api.url()), NODES, Cancellation.never());
        assertThat(failure.failure().category()).isEqualTo(Category.CLUSTER_REFUSED);
        assertThat(failure.failure().message()).contains("user-0");
        assertThat(failure.failure().hint()).contains("expired");
        assertThat(failure.stoppedForSure()).isTrue();
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ExecutionFailure failure = failure(target("http://127.0.0.1:" + port), change(), Cancellation.never());
        assertThat(failure.failure().category()).isEqualTo(Category.CLUSTER_UNREACHABLE);
        assertThat(failure.failure().message()).contains("refused").contains("127.0.0.1:" + port);
        assertThat(failure.stoppedForSure()).isTrue();
    }

    @Test
    void doesNotTrustAServerOfAnotherAuthority() {
        KubernetesMockServer server = new KubernetesMockServer(true);
        server.init();
        open.add(server::destroy);
        ExecutionFailure failure = failure(target(server.url("/")), change(), Cancellation.never());
        assertThat(failure.failure().category()).isEqualTo(Category.CLUSTER_UNREACHABLE);
        assertThat(failure.failure().message()).contains("not trusted");
        assertThat(failure.stoppedForSure()).isTrue();
    }

    @Test
    void givesUpOnASlowServer() throws Exception {
        ScriptedApi api = api(request -> {});
        Target<?> target = target(api.url());
        Instant start = Instant.now();
        ExecutionFailure look = failure(target, NODES, Cancellation.never());
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
        assertThat(look.failure().category()).isEqualTo(Category.CLUSTER_UNREACHABLE);
        assertThat(look.failure().message()).contains("did not answer within");
        assertThat(look.stoppedForSure()).isTrue();
        assertThat(failure(target, change(), Cancellation.never()).stoppedForSure())
                .isFalse();
        assertThat(api.requests()).hasSize(2);
    }

    @Test
    void givesUpOnAServerThatDripsItsAnswer() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        ScriptedApi api = api(request -> {
            request.connection().closeHandler(closed::complete);
            request.response().setChunked(true);
            VERTX.setPeriodic(100, timer -> {
                if (request.response().closed()) {
                    VERTX.cancelTimer(timer);
                } else {
                    request.response().write(" ");
                }
            });
        });
        ExecutionFailure failure = failure(target(api.url()), NODES, Cancellation.never());
        assertThat(failure.failure().category()).isEqualTo(Category.CLUSTER_UNREACHABLE);
        closed.get(5, TimeUnit.SECONDS);
    }

    @Test
    void saysThatTheConnectionBroke() throws Exception {
        ScriptedApi api = api(request -> request.connection().close());
        ExecutionFailure failure = failure(target(api.url()), change(), Cancellation.never());
        assertThat(failure.failure().category()).isEqualTo(Category.CLUSTER_UNREACHABLE);
        assertThat(failure.stoppedForSure()).isFalse();
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void aCancelEndsTheCallAtOnce() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        ScriptedApi api = api(request -> {
            request.connection().closeHandler(closed::complete);
            request.response().setChunked(true).write("{");
            asked.complete(null);
        });
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Output> answer =
                target(api.url()).execute(change(), cancellation).subscribeAsCompletionStage();
        asked.get(5, TimeUnit.SECONDS);
        cancellation.request();
        assertThatThrownBy(() -> answer.get(500, TimeUnit.MILLISECONDS))
                .cause()
                .isInstanceOfSatisfying(ExecutionFailure.class, failure -> {
                    assertThat(failure.failure().category()).isEqualTo(Category.CANCELLED);
                    assertThat(failure.stoppedForSure()).isFalse();
                });
        closed.get(5, TimeUnit.SECONDS);
        ExecutionFailure before = failure(target(api.url()), NODES, cancellation);
        assertThat(before.failure().category()).isEqualTo(Category.CANCELLED);
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void twoContextsOfOneFileLeadToTwoServers() throws Exception {
        ScriptedApi first = api(request -> request.response().end("first"));
        ScriptedApi second = api(request -> request.response().end("second"));
        Path file = TestClusters.kubeconfig(folder.resolve("config"), first.url(), second.url());
        KubernetesTargets targets = targets(
                TestClusters.cluster("one", file, Optional.empty()),
                TestClusters.cluster("two", file, Optional.of("context-1")));
        KubernetesTarget one = reach(targets, "one");
        KubernetesTarget two = reach(targets, "two");
        assertThat(run(one, NODES).text()).isEqualTo("first");
        assertThat(run(two, NODES).text()).isEqualTo("second");
        assertThat(second.requests().get(0).authorization()).isEqualTo("Bearer token-1");
        assertThat(two.facts().namespace()).isEqualTo("space-1");
        assertThat(two.facts().endpoint()).startsWith(second.url());
        assertThat(two.execution(false))
                .isEqualTo(new Execution(
                        Execution.Mode.REMOTE,
                        "two",
                        Optional.of("user-1"),
                        Optional.empty(),
                        false,
                        Optional.empty()));
    }

    @Test
    void aChangedKubeconfigIsReadWithoutARestart() throws Exception {
        ScriptedApi first = api(request -> request.response().end("first"));
        ScriptedApi second = api(request -> request.response().end("second"));
        Path file = TestClusters.kubeconfig(folder.resolve("config"), first.url());
        KubernetesTargets targets = targets(TestClusters.cluster("one", file, Optional.empty()));
        KubernetesTarget before = reach(targets, "one");
        TestClusters.kubeconfig(file, second.url());
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));
        assertThat(run(reach(targets, "one"), NODES).text()).isEqualTo("second");
        // an operation that is under way stays with the cluster that it began on
        assertThat(run(before, NODES).text()).isEqualTo("first");
    }

    @Test
    void takesNothingFromTheEnvironment() throws Exception {
        ScriptedApi api = api(request -> request.response().end("file"));
        System.setProperty("kubernetes.master", "http://127.0.0.1:9");
        System.setProperty("kubernetes.auth.token", "elsewhere");
        try {
            assertThat(run(target(api.url()), NODES).text()).isEqualTo("file");
            assertThat(api.requests().get(0).authorization()).isEqualTo("Bearer token-0");
        } finally {
            System.clearProperty("kubernetes.master");
            System.clearProperty("kubernetes.auth.token");
        }
    }

    @Test
    void refusesClustersThatItCannotReach() {
        Path file = TestClusters.kubeconfig(folder.resolve("config"), "http://127.0.0.1:9");
        Path plugin = TestClusters.write(
                folder.resolve("plugin"),
                "current-context: c\ncontexts: [{name: c, context: {cluster: k, user: u}}]\n"
                        + "clusters: [{name: k, cluster: {server: 'http://127.0.0.1:9'}}]\n"
                        + "users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: get-token}}}]\n");
        KubernetesTargets targets = targets(
                TestClusters.cluster("typo", file, Optional.of("context-9")),
                TestClusters.cluster("gone", folder.resolve("none"), Optional.empty()),
                TestClusters.cluster(
                        "text", TestClusters.write(folder.resolve("text"), "- no\n- config\n"), Optional.empty()),
                TestClusters.cluster("plugin", plugin, Optional.empty()));
        assertThat(refusal(targets, "elsewhere").failure().category()).isEqualTo(Category.UNKNOWN_TARGET);
        assertThat(refusal(targets, "elsewhere").failure().hint()).contains("typo, gone, text, plugin");
        assertThat(refusal(targets, "typo").failure().message()).contains("no context context-9");
        assertThat(refusal(targets, "typo").failure().hint()).contains("context-0");
        assertThat(refusal(targets, "gone").failure().message()).contains("cannot be read");
        assertThat(refusal(targets, "text").failure().message()).contains("not a kubeconfig");
        assertThat(refusal(targets, "plugin").failure().message()).contains("running a program");
    }

    @Test
    void refusesAKubeconfigThatOthersCanRead() throws Exception {
        Path file = TestClusters.kubeconfig(folder.resolve("config"), "http://127.0.0.1:9");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        ExecutionFailure refusal = refusal(targets(TestClusters.cluster("open", file, Optional.empty())), "open");

        assertThat(refusal.failure().category()).isEqualTo(Category.CLUSTER_UNREACHABLE);
        assertThat(refusal.failure().message()).contains("can be read by others: chmod 600 it");
    }

    @Test
    void runsNoPrograms() {
        ExecutionFailure failure = failure(target("http://127.0.0.1:9"), Run.of("List", "ls"), Cancellation.never());
        assertThat(failure.failure().category()).isEqualTo(Category.UNSUPPORTED_TARGET);
    }

    @Test
    void tracesEachCallUnderTheCurrentSpan() throws Exception {
        ScriptedApi api = api(request -> request.response().setStatusCode(404).end("{}"));
        Span parent = tracer.spanBuilder("step").startSpan();
        try (Scope ignored = parent.makeCurrent()) {
            run(target(api.url()), NODES);
        }
        assertThat(spans).singleElement().satisfies(span -> {
            assertThat(span.getName()).isEqualTo("kubernetes GET");
            assertThat(span.getParentSpanId()).isEqualTo(parent.getSpanContext().getSpanId());
            assertThat(span.getAttributes().asMap().values()).contains("/api/v1/nodes", 404L, "one");
        });
    }

    private ScriptedApi api(Handler<HttpServerRequest> script) throws Exception {
        ScriptedApi api = new ScriptedApi(VERTX, script);
        open.add(api);
        return api;
    }

    private KubernetesTarget target(String url) {
        Path file = TestClusters.kubeconfig(folder.resolve("config"), url);
        return reach(targets(TestClusters.cluster("one", file, Optional.empty())), "one");
    }

    private KubernetesTargets targets(Cluster... clusters) {
        KubernetesTargets targets = new KubernetesTargets(TestClusters.inventory(clusters), VERTX, tracer, LIMIT);
        open.add(targets::close);
        return targets;
    }

    private static KubernetesTarget reach(KubernetesTargets targets, String name) {
        return (KubernetesTarget) targets.reach(name).await().atMost(Duration.ofSeconds(10));
    }

    private static ExecutionFailure refusal(KubernetesTargets targets, String name) {
        return failureOf(() -> targets.reach(name).await().atMost(Duration.ofSeconds(10)));
    }

    private static Call change() {
        return Call.of("Change", ApiRequest.put("/x", Json.object()));
    }

    private static Output run(Target<?> target, Step step) {
        return target.execute(step, Cancellation.never()).await().atMost(Duration.ofSeconds(10));
    }

    private static ExecutionFailure failure(Target<?> target, Step step, Cancellation cancellation) {
        return failureOf(() -> target.execute(step, cancellation).await().atMost(Duration.ofSeconds(10)));
    }

    private static ExecutionFailure failureOf(Runnable action) {
        try {
            action.run();
        } catch (ExecutionFailure e) {
            return e;
        }
        throw new AssertionError("it did not fail");
    }

    private record Remembering(List<SpanData> ended) implements SpanProcessor {
        @Override
        public void onStart(io.opentelemetry.context.Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
