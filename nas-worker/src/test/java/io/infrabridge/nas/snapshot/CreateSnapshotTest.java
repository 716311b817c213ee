package io.infrabridge.nas.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Json;
import io.infrabridge.nas.Hosts;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CreateSnapshotTest {
    private static final String FOLDER = "/srv/pool/.snapshots/production-data/pre-upgrade-2025-11-26";

    /** The seed's fifth usage example. */
    private final Rehearsal<?, ?> example = asking("'volume':'production-data','name':'pre-upgrade-2025-11-26',"
            + "'retention_days':30,'remote_target':'nas.example.com'");

    private final List<Output> before = new ArrayList<>(Hosts.withBtrfsAndLvm());
    private final List<Output> after = new ArrayList<>(Hosts.withSnapshot());

    CreateSnapshotTest() {
        before.add(Captured.error(1, "find-none"));
        after.add(Captured.output("find-snapshot"));
    }

    @Test
    void takesASnapshotOfASubvolumeInTheDocumentedPlace() {
        List<List<String>> plan = example.plan(Hosts.and(before));
        assertThat(plan.get(0)).containsExactly("mkdir", "-p", "--", FOLDER);
        assertThat(plan.get(1))
                .containsExactly(
                        "ln", "-s", "-n", "-f", "--", "ef0717ec-c8c1-0c43-8d95-0fcd73144589", FOLDER + "/origin");
        assertThat(plan.get(2)).containsExactly("ln", "-s", "-n", "-f", "--", "30", FOLDER + "/retention_days");
        assertThat(plan.get(3))
                .containsExactly(
                        "btrfs",
                        "subvolume",
                        "snapshot",
                        "-r",
                        "--",
                        "/srv/pool/production-data",
                        FOLDER + "/snapshot");
        assertThat(plan).hasSize(4);
        assertThat(example.asRoot(Hosts.and(before))).isTrue();
    }

    @Test
    void hasNothingToDoWhereOneOfThatNameIsThere() {
        assertThat(example.plan(Hosts.and(after))).isEmpty();
        JsonNode snapshot = example.seen(Hosts.and(after));
        assertThat(snapshot)
                .isEqualTo(Json.parse(
                        "{\"volume\":\"production-data\",\"name\":\"pre-upgrade-2025-11-26\",\"pool\":\"pool\","
                                + "\"kind\":\"btrfs\",\"path\":\"" + FOLDER + "/snapshot\","
                                + "\"created\":\"2026-11-23T20:53:45Z\",\"retention_days\":30}"));
    }

    @Test
    void takesBackWhatIsThereAndNothingElse() {
        assertThat(example.foreseenUndo(Hosts.and(before)))
                .extracting(argv -> argv.get(0))
                .containsExactly("rmdir", "unlink", "unlink", "btrfs");
        assertThat(example.undo(before, after))
                .containsExactly(
                        List.of("rmdir", "--ignore-fail-on-non-empty", "--", FOLDER),
                        List.of("unlink", "--", FOLDER + "/origin"),
                        List.of("unlink", "--", FOLDER + "/retention_days"),
                        List.of("btrfs", "subvolume", "delete", "--", FOLDER + "/snapshot"));
        assertThat(example.undo(before, before)).hasSize(1);
    }

    @Test
    void takesASnapshotOfADatasetAsTheManualSays() {
        List<Output> zfs = new ArrayList<>(Hosts.withZfs());
        zfs.add(Captured.error(1, "find-none"));
        Rehearsal<?, ?> noted = asking("'volume':'production-data','name':'before','retention_days':7,"
                + "'description':'before the upgrade; $(x)'");
        assertThat(noted.plan(Hosts.and(zfs)))
                .containsExactly(List.of(
                        "zfs",
                        "snapshot",
                        "-o",
                        "infrabridge:retention_days=7",
                        "-o",
                        "infrabridge:description=before the upgrade; $(x)",
                        "--",
                        "tank/production-data@before"));
        assertThat(noted.foreseenUndo(Hosts.and(zfs)))
                .containsExactly(List.of("zfs", "destroy", "--", "tank/production-data@before"));
        assertThat(noted.undo(zfs, zfs)).isEmpty();
        Rehearsal<?, ?> there = asking("'volume':'production-data','name':'nightly'");
        assertThat(there.plan(Hosts.and(zfs))).isEmpty();
        assertThat(there.seen(Hosts.and(zfs)).path("created").asText()).isEqualTo("2023-11-14T22:18:20Z");
    }

    @Test
    void refusesALogicalVolumeAndWhatIsNotThere() {
        assertThat(asking("'volume':'archive','name':'x'")
                        .refusal(Hosts.and(before))
                        .category())
                .isEqualTo(Category.UNSUPPORTED_TARGET);
        assertThat(asking("'volume':'nosuch','name':'x'")
                        .refusal(Hosts.and(before))
                        .category())
                .isEqualTo(Category.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'volume':'production-data','name':'../x'",
                "'volume':'production-data','name':'-r'",
                "'volume':'production-data','name':'a/b'",
                "'volume':'production-data','name':'x','retention_days':0",
                "'volume':'production-data','name':'x','description':'-f'",
                "'volume':'production-data','name':'x','description':'a\\nb'",
                "'volume':'-x','name':'x'"
            })
    void cannotBeAskedForAnythingElse(String hostile) {
        assertThatThrownBy(() -> asking(hostile)).isInstanceOf(InvalidArguments.class);
    }

    private static Rehearsal<?, ?> asking(String arguments) {
        return new Rehearsal<>(new CreateSnapshot(Hosts.SETTINGS), "{'action':'create'," + arguments + "}");
    }
}
