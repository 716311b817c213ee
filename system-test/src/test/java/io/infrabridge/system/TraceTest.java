package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.system.trace.Spans;
import io.infrabridge.system.trace.Spans.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace runs from the caller through everything that his request sets off. */
@ExtendWith(RunningSystem.class)
class TraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    private final Rest rest;
    private final Spans spans;

    TraceTest(Rest rest, Spans spans) {
        this.rest = rest;
        this.spans = spans;
    }

    @Test
    void everyStepDescendsFromTheCallersSpanThroughGatewayAndWorker() {
        JsonNode operation = rest.submit(
                        Rest.request("server_manage", "{\"operation\":\"health\"}"),
                        Map.of("traceparent", "00-" + TRACE + "-" + CALLER + "-01"))
                .body();
        int steps = operation.path("steps").size();

        List<List<Seen>> ancestries = Eventually.get(
                "the spans of all " + steps + " steps, up to the caller; seen: " + spans.ofTrace(TRACE),
                Duration.ofSeconds(20),
                () -> Optional.of(spans.ofTrace(TRACE).stream()
                                .filter(span -> span.name().startsWith("step "))
                                .map(spans::upwards)
                                .toList())
                        .filter(found -> found.size() >= steps && found.stream().allMatch(TraceTest::complete)));

        assertThat(operation.path("trace_id").asText()).isEqualTo(TRACE);
        assertThat(steps).isPositive();
        assertThat(ancestries).hasSize(steps).allSatisfy(ancestry -> {
            List<String> services =
                    ancestry.stream().map(Seen::service).distinct().toList();
            assertThat(services).containsExactly("server-worker", "gateway");
            assertThat(ancestry.get(1).name()).startsWith("process server_manage");
        });
        assertThat(audited(operation)).isEqualTo(TRACE);
    }

    /** Its uppermost span is the gateway's answer to the caller. */
    private static boolean complete(List<Seen> ancestry) {
        return ancestry.get(ancestry.size() - 1).parentId().equals(CALLER);
    }

    private String audited(JsonNode operation) {
        return new AuditTrail(rest)
                .result(operation.path("id").asText())
                .path("trace_id")
                .asText();
    }
}
