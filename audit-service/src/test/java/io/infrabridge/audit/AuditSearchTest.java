package io.infrabridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(AuditServers.class)
class AuditSearchTest {
    private static final String COMMANDS = Topics.commands(Domain.of("nfs"));

    private final String id = Samples.id();
    private final String host = "host-" + id;
    private final String caller = "caller-" + id;
    private final Command command = Samples.mount(id, host, caller);

    @Test
    void findsByEveryFilter() {
        send(command);
        Sender.NFS_WORKER.send(
                Topics.RESULTS, EventType.RESULT, "result-" + id, id, Samples.mounted(command, State.TIMED_OUT));
        Audit.awaitRecords(2, "operation_id", id);

        assertThat(List.of(
                        count("operation_id", id),
                        count("target", host),
                        count("caller", caller),
                        count("target", host, "issuer", "gateway"),
                        count("target", host, "tool", "nfs_mount", "action", "mount"),
                        count("target", host, "trace_id", Samples.TRACE_ID),
                        count("target", host, "from", "2026-03-01T10:00:00Z", "to", "2026-03-01T11:00:00+01:00")))
                .containsExactly(2, 2, 2, 2, 2, 2, 0);
        assertThat(count("target", host, "from", "2026-03-01T10:00:00Z", "to", "2026-03-01T10:00:01Z"))
                .isEqualTo(2);
        assertThat(count("target", host, "state", "TIMED_OUT")).isEqualTo(1);
        assertThat(count("target", host, "type", "io.infrabridge.command.v1")).isEqualTo(1);
        assertThat(count("target", host, "type", "command", "state", "ACCEPTED"))
                .isEqualTo(1);
        assertThat(count("target", host, "tool", "nas_volume")).isZero();
    }

    @Test
    void pagesStayTheSameWhileNewRecordsArrive() {
        sendSeveral(5);
        List<Object> seen = new ArrayList<>();
        Response page = Audit.get("/api/v1/audit", "target", host, "limit", 2);
        seen.addAll(page.jsonPath().getList("records.operation_id"));

        while (page.jsonPath().getString("next_cursor") != null) {
            int before = count("target", host);
            send(Samples.mount(Samples.id(), host, caller));
            Audit.awaitRecords(before + 1, "target", host);
            page = Audit.get(
                    "/api/v1/audit",
                    "target",
                    host,
                    "limit",
                    2,
                    "cursor",
                    page.jsonPath().getString("next_cursor"));
            seen.addAll(page.jsonPath().getList("records.operation_id"));
        }

        List<Object> all = Audit.get("/api/v1/audit", "target", host).jsonPath().getList("records.operation_id");
        assertThat(seen).hasSize(5).isEqualTo(all.subList(all.size() - 5, all.size()));
    }

    @Test
    void pagesThroughTheOperationsOfATarget() {
        sendSeveral(3);

        Response first = operations("target", host, "limit", 2);
        Response second = operations("target", host, "cursor", first.jsonPath().getString("next_cursor"));

        assertThat(first.jsonPath().getList("operations")).hasSize(2);
        assertThat(second.jsonPath().getList("operations")).hasSize(1);
        assertThat(second.jsonPath().getString("next_cursor")).isNull();
    }

    @Test
    void findsOperationsByStateToolTargetAndCaller() {
        send(command);
        Sender.NFS_WORKER.send(
                Topics.RESULTS, EventType.RESULT, "result-" + id, id, Samples.mounted(command, State.INDETERMINATE));
        Audit.awaitState(id, "INDETERMINATE");

        assertThat(operations("state", "INDETERMINATE", "tool", "nfs_mount", "target", host, "caller", caller)
                        .jsonPath()
                        .getList("operations.id"))
                .containsExactly(id);
        assertThat(operations("state", "ACCEPTED", "target", host).jsonPath().getList("operations"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/audit,limit,0",
        "/api/v1/audit,limit,501",
        "/api/v1/audit,limit,many",
        "/api/v1/audit,cursor,*",
        "/api/v1/audit,cursor,YWxsOjE",
        "/api/v1/audit,from,yesterday",
        "/api/v1/audit,state,FINISHED",
        "/api/v1/audit,targte,nas1",
        "/api/v1/audit,target,' '",
        "/api/v1/audit,target,'a\u0000b'",
        "/api/v1/operations,state,HEALTHY",
        "/api/v1/operations,from,2026-03-01T10:00:00Z",
    })
    void refusesAParameterThatIsWrongWithAProblemThatSaysWhatToDo(String path, String name, String value) {
        Response response = Audit.get(path, name, value);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.contentType()).startsWith("application/problem+json");
        Map<String, Object> problem = response.jsonPath().getMap("");
        assertThat(problem)
                .containsEntry("status", 400)
                .containsEntry("category", "INVALID_REQUEST")
                .containsKeys("type", "title", "detail", "message", "hint");
    }

    @Test
    void doesNotKnowAnOperationThatNobodyAskedFor() {
        Response response = Audit.get("/api/v1/operations/" + Samples.id());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.jsonPath().getString("category")).isEqualTo("NOT_FOUND");
    }

    @Test
    void countsWhatItRecords() {
        send(command);
        Audit.awaitRecords(1, "operation_id", id);

        assertThat(Audit.get("/q/metrics").asString())
                .contains("infrabridge_audit_records_total{type=\"io.infrabridge.command.v1\"}")
                .contains("infrabridge_audit_lag_records");
    }

    private void sendSeveral(int count) {
        for (int i = 0; i < count; i++) {
            send(Samples.mount(Samples.id(), host, caller));
        }
        Audit.awaitRecords(count, "target", host);
    }

    private void send(Command one) {
        Sender.GATEWAY.send(COMMANDS, EventType.COMMAND, one.id(), host, one);
    }

    private static int count(Object... parameters) {
        return Audit.records(parameters).size();
    }

    private static Response operations(Object... parameters) {
        Response response = Audit.get("/api/v1/operations", parameters);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response;
    }
}
