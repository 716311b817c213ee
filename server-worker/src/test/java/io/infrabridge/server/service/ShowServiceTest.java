package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShowServiceTest {
    private final Rehearsal<?, ?> show =
            new Rehearsal<>(new ShowService(), "{'operation':'service','action':'status','service_name':'nginx'}");
    private final Output boot = Captured.output("grep-btime");
    private final Output active = Captured.output("systemctl-show-active");
    private final Output journal = Captured.output("journalctl-nginx");
    private final Output all = Output.of("-- No entries --\n");
    private final Output denied = Captured.error(1, "journalctl-denied.err");

    @Test
    void showsAnActiveService() {
        JsonNode status = show.seen(active, boot, all, journal);
        assertThat(status.path("service_name").asText()).isEqualTo("nginx.service");
        assertThat(status.path("active_state").asText()).isEqualTo("active");
        assertThat(status.path("sub_state").asText()).isEqualTo("running");
        assertThat(status.path("load_state").asText()).isEqualTo("loaded");
        assertThat(status.path("unit_file_state").asText()).isEqualTo("disabled");
        assertThat(status.path("main_pid").asInt()).isEqualTo(52);
        assertThat(status.path("since").asText()).isEqualTo("2026-11-29T00:21:12.166Z");
        assertThat(status.path("restarts").asInt()).isZero();
        assertThat(show.plan(active, boot, all, journal)).isEmpty();
    }

    @Test
    void showsWhatItLoggedLastWithTheOldestFirst() {
        JsonNode status = show.seen(active, boot, all, journal);
        assertThat(status.path("journal_readable").asBoolean()).isTrue();
        assertThat(status.path("journal")).hasSize(7);
        assertThat(status.path("journal").get(0).path("message").asText())
                .isEqualTo("Starting nginx.service - A high performance web server and a reverse proxy server...");
        assertThat(status.path("journal").get(6).path("timestamp").asText()).startsWith("2026-11-29T00:2");
    }

    @Test
    void asksTheJournalForTheServiceByItsOwnName() {
        assertThat(show.further(Captured.output("systemctl-show-protected"), boot))
                .last()
                .satisfies(argv -> assertThat(argv)
                        .startsWith("journalctl", "--no-pager", "--output=json")
                        .containsSequence("--unit", "ssh.service")
                        .endsWith("--lines", "11"));
    }

    @Test
    void saysThatTheAccountMayNotReadTheJournal() {
        Output ownOnly =
                new Output(0, Captured.text("journalctl-own-only"), Captured.text("journalctl-own-only.err"), false);
        for (Output access : List.of(denied, ownOnly, Output.failed(Output.NOT_FOUND, ""))) {
            JsonNode status = show.seen(active, boot, access, Output.of(""));
            assertThat(status.path("journal_readable").asBoolean(true)).isFalse();
            assertThat(status.path("journal").isArray()).isTrue();
            assertThat(status.path("journal")).isEmpty();
        }
    }

    @Test
    void showsAStoppedServiceWithoutWhatItDoesNotHave() {
        JsonNode status = show.seen(Captured.output("systemctl-show-stopped"), boot, denied, denied);
        assertThat(status.path("active_state").asText()).isEqualTo("inactive");
        for (String absent : List.of("main_pid", "since", "memory_bytes", "tasks")) {
            assertThat(status.has(absent)).as(absent).isFalse();
        }
        assertThat(show.seen(Captured.output("systemctl-show-failed"), boot, denied, denied)
                        .path("result")
                        .asText())
                .isEqualTo("exit-code");
    }

    /** Where the numbers were captured, systemd could account for tasks only; a memory in bytes is put in the same place. */
    @Test
    void showsMemoryAndTasksWhereTheHostAccountsForThem() {
        Output tasks = Captured.output("systemctl-show-accounted");
        assertThat(show.seen(tasks, boot, denied, denied).path("tasks").asLong())
                .isEqualTo(3);
        assertThat(show.seen(tasks, boot, denied, denied).has("memory_bytes")).isFalse();
        Output memory = Output.of(tasks.text().replace("[not set]", "3145728"));
        assertThat(show.seen(memory, boot, denied, denied).path("memory_bytes").asLong())
                .isEqualTo(3145728);
        Output none = Output.of(tasks.text().replace("[not set]", "18446744073709551615"));
        assertThat(show.seen(none, boot, denied, denied).has("memory_bytes")).isFalse();
    }

    @Test
    void looksNoFurtherWhereThereIsNoSuchServiceOrNoSystemd() {
        Output unknown = Captured.output("systemctl-show-unknown");
        assertThat(show.refusal(unknown, boot).category()).isEqualTo(Category.NOT_FOUND);
        assertThat(show.refusal(unknown, boot).message()).contains("nosuch.service");
        assertThat(show.refusal(Captured.error(1, "systemctl-no-systemd"), boot).category())
                .isEqualTo(Category.UNSUPPORTED_TARGET);
    }

    @Test
    void doesNotUnderstandGarbage() {
        assertThatThrownBy(() -> show.further(Output.of("garbage"), boot)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> show.seen(active, Output.of("x"), all, journal))
                .isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> show.seen(active, boot, all, Output.of("x"))).isInstanceOf(UnexpectedOutput.class);
    }
}
