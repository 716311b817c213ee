package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShowLogsTest {
    private static final HostFacts BY_ROOT =
            new HostFacts("app1", Distro.UBUNTU, Map.of(), "6.1.0", "x86_64", "root", 0);

    private final Output active = Captured.output("systemctl-show-active");
    private final Output log = Captured.output("journalctl-nginx");
    private final Output odd = Captured.output("journalctl-odd");
    private final Output all = Output.of("-- No entries --\n");
    private final Output ownOnly =
            new Output(0, Captured.text("journalctl-own-only"), Captured.text("journalctl-own-only.err"), false);
    private final Output denied = Captured.error(1, "journalctl-denied.err");

    @Test
    void asksForTheLastHundredLinesAndOneMore() {
        assertThat(asking("").further(active, all))
                .containsExactly(List.of(
                        "journalctl",
                        "--no-pager",
                        "--output=json",
                        "--output-fields=MESSAGE,PRIORITY,_PID,SYSLOG_IDENTIFIER",
                        "--reverse",
                        "--unit",
                        "nginx.service",
                        "--since",
                        "@0",
                        "--until",
                        "tomorrow",
                        "--lines",
                        "101"));
    }

    @Test
    void asksForWhatTheCallerWantsOnly() {
        String wanted = ",'lines':20,'since':'1h','priority':'warning','cursor':'1795911996170103+3'";
        assertThat(asking(wanted).further(active, all).get(0))
                .containsSequence("--since", "1h ago", "--until", "@1795911996.170103", "--lines", "24")
                .endsWith("--priority", "warning");
    }

    /** Fully denied, and by a hint of journalctl itself: there are entries, but only the account's own. */
    @Test
    void isRootOnlyWhereTheAccountMayNotReadTheJournal() {
        assertThat(reading(all).sudo()).isEmpty();
        assertThat(reading(denied).sudo()).contains("the account may not read the journal");
        assertThat(reading(ownOnly).sudo()).isPresent();
        assertThat(reading(ownOnly).command()).isEqualTo(reading(all).command());
        assertThat(asking("").further(active, ownOnly, log)).isEmpty();
        assertThat(asking("").plan(active, ownOnly, log)).isEmpty();
    }

    @Test
    void saysWhyNotEvenRootCanReadIt() {
        Output broken = Output.failed(1, "Failed to open journal: Bad message");
        Rehearsal<?, ?> byRoot = new Rehearsal<>(new ShowLogs(), BY_ROOT, arguments(""));
        assertThat(byRoot.refusal(active, broken).category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(byRoot.refusal(active, broken).message()).contains("Bad message");
        assertThat(asking("")
                        .refusal(active, Output.failed(Output.NOT_FOUND, ""))
                        .category())
                .isEqualTo(Category.PRECONDITION_FAILED);
    }

    @Test
    void showsEntriesWithTheOldestFirst() {
        JsonNode logs = asking("").seen(active, all, log);
        assertThat(logs.path("service_name").asText()).isEqualTo("nginx.service");
        JsonNode first = logs.path("entries").get(0);
        assertThat(first.path("timestamp").asText()).isEqualTo("2026-11-29T00:21:12.460939Z");
        assertThat(first.path("priority").asText()).isEqualTo("info");
        assertThat(first.path("pid").asInt()).isEqualTo(1);
        assertThat(first.path("identifier").asText()).isEqualTo("systemd");
        assertThat(first.path("message").asText()).startsWith("Starting nginx.service");
        assertThat(logs.has("next_cursor")).isFalse();
    }

    @Test
    void showsWhatProgramsWriteThatIsNotText() {
        List<String> messages = new ArrayList<>();
        JsonNode entries = asking("").seen(active, all, odd).path("entries");
        entries.forEach(entry -> messages.add(entry.path("message").asText("(too long)")));
        assertThat(messages)
                .startsWith(
                        "Started chatty.service - Says odd things.",
                        "plain words",
                        "\u001b[31mred\u001b[0m alert",
                        "invalid \ufffd\ufffd utf8",
                        "gr\u00fcn \u2713 \u202e",
                        "(too long)",
                        "(too long)")
                .endsWith("an error by prefix", "tab\there and bell\u0007");
        assertThat(entries.get(8).path("priority").asText()).isEqualTo("err");
    }

    /** Three of the captured entries are of one microsecond. */
    @Test
    void goesThroughPagesWithoutLosingOrRepeatingAnEntry() {
        List<String> lines = odd.text().lines().toList();
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = asking(",'lines':2" + cursor).seen(active, all, Output.of(answer(lines, cursor, 2)));
            List<String> told = new ArrayList<>();
            page.path("entries")
                    .forEach(entry -> told.add(entry.path("timestamp").asText()
                            + entry.path("message").asText("-")));
            seen.addAll(0, told);
            cursor = page.has("next_cursor")
                    ? ",'cursor':'" + page.path("next_cursor").asText() + "'"
                    : "";
            pages++;
        } while (!cursor.isEmpty());
        assertThat(pages).isEqualTo(5);
        List<String> whole = new ArrayList<>();
        asking("")
                .seen(active, all, odd)
                .path("entries")
                .forEach(entry -> whole.add(
                        entry.path("timestamp").asText() + entry.path("message").asText("-")));
        assertThat(seen).isEqualTo(whole);
    }

    @Test
    void goesOnBehindWhatTheOutputLimitCutOff() {
        String text = odd.text();
        Output cut = new Output(0, text.substring(0, text.length() - 700), "", true);
        JsonNode page = asking("").seen(active, all, cut);
        assertThat(page.path("entries").size()).isBetween(6, 9);
        assertThat(page.path("next_cursor").asText()).endsWith("+1");
    }

    @Test
    void keepsAPageFromGrowingBeyondWhatAResultMayHave() {
        String line = odd.text()
                .lines()
                .filter(each -> each.contains("plain words"))
                .findFirst()
                .orElseThrow();
        String many = line.replace("plain words", "x".repeat(4000)).concat("\n").repeat(200);
        JsonNode page = asking("").seen(active, all, Output.of(many));
        assertThat(page.path("entries")).hasSize(65);
        assertThat(page.path("next_cursor").asText()).endsWith("+65");
        // nothing of the page fits behind those of one moment that the caller has: the rest of the moment is passed
        // over
        JsonNode stuck = asking(",'cursor':'1795911996167822+500'").seen(active, all, new Output(0, many, "", true));
        assertThat(stuck.path("entries")).isEmpty();
        assertThat(stuck.path("next_cursor").asText()).isEqualTo("1795911996167821+0");
    }

    @Test
    void saysThatAServiceIsUnknown() {
        assertThat(asking("")
                        .refusal(Captured.output("systemctl-show-unknown"), all)
                        .category())
                .isEqualTo(Category.NOT_FOUND);
        assertThat(asking("")
                        .refusal(Captured.error(1, "systemctl-no-systemd"), all)
                        .category())
                .isEqualTo(Category.UNSUPPORTED_TARGET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'lines':0",
                "'lines':1001",
                "'lines':-1",
                "'since':'-1h'",
                "'since':'now'",
                "'since':'2026-01-31 10:00 --file=/etc/shadow'",
                "'priority':'fatal'",
                "'priority':3",
                "'cursor':'s=162d;i=60'"
            })
    void cannotBeAskedForAnythingElse(String hostile) {
        assertThatThrownBy(() -> asking("," + hostile)).isInstanceOf(InvalidArguments.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "[]",
                "{}",
                "{\"__REALTIME_TIMESTAMP\":\"-1\"}",
                "{\"__REALTIME_TIMESTAMP\":\"17959119961678221795911996167822\"}",
                "{\"MESSAGE\":"
            })
    void doesNotUnderstandGarbage(String garbage) {
        assertThatThrownBy(() -> asking("").seen(active, all, Output.of(garbage)))
                .isInstanceOf(UnexpectedOutput.class);
    }

    /** What journalctl does with a moment and a number of lines. */
    private static String answer(List<String> lines, String cursor, int most) {
        String given = cursor.replaceAll("[^0-9+]", "");
        String until = given.isEmpty() ? "9" : given.substring(0, given.indexOf('+'));
        int had = given.isEmpty() ? 0 : Integer.parseInt(given.substring(given.indexOf('+') + 1));
        return lines.stream()
                .filter(line -> moment(line).compareTo(until) <= 0)
                .limit(most + 1 + had)
                .reduce("", (all, line) -> all + line + "\n");
    }

    private static String moment(String line) {
        return line.replaceAll(".*\"__REALTIME_TIMESTAMP\":\"([0-9]+)\".*", "$1");
    }

    private Step reading(Output access) {
        ShowLogs.Input input = new ShowLogs.Input(
                new ServiceName("nginx"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new ShowLogs()
                .further(input, Rehearsal.UBUNTU, Probed.of(active, access))
                .steps()
                .get(0);
    }

    private static Rehearsal<?, ?> asking(String more) {
        return new Rehearsal<>(new ShowLogs(), arguments(more));
    }

    private static String arguments(String more) {
        return "{'operation':'service','action':'logs','service_name':'nginx'" + more + "}";
    }
}
