package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.server.OddOutput;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosOutputs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NixUpdatesTest {
    private static final HostFacts HOST = Rehearsal.host(Distro.NIXOS);
    private static final Output FIRST = Captured.output("find-channels");
    private static final Output SECOND = Captured.output("find-channels-updated");
    private static final Output GONE_BACK = Captured.output("find-channels-gone-back");
    private static final Output FRESH = Output.of("/nix/var/nix/profiles/per-user/root/channels\n");
    private static final Output OLD = Output.of("");
    private static final Output OTHER = Captured.output("nix-instantiate-system");
    private static final Output SAME = Output.of("\"" + running() + "\"");
    private static final Output BROKEN = Captured.error(1, "nix-instantiate-system.err");
    private static final Output PACKAGES = Captured.output("nix-store-references");
    private static final Output NEWER = Captured.output("nix-store-references-updated");

    private static final List<String> FETCH = List.of("nix-channel", "--option", "tarball-ttl", "0", "--update");
    private static final List<String> BACK = List.of("nix-channel", "--rollback", "1");
    private static final List<String> SWITCH =
            List.of("nixos-rebuild", "switch", "-I", "nixos-config=/etc/nixos/configuration.nix");

    private final Rehearsal<?, ?> update = updating("");

    @Test
    void asksForTheSystemThatWouldBeBuilt() {
        assertThat(update.probe())
                .contains(List.of(
                        "nix-instantiate",
                        "--eval",
                        "--json",
                        "-I",
                        "nixos-config=/etc/nixos/configuration.nix",
                        "-A",
                        "system.outPath",
                        "<nixpkgs/nixos>"))
                .contains(List.of(
                        "find", "/nix/var/nix/profiles/per-user/root/channels", "-maxdepth", "0", "-mmin", "-60"));
    }

    @Test
    void fetchesTheChannelsAndSwitchesToWhatIsBuiltFromThem() {
        Output[] before = seen(FIRST, OLD, SAME);
        assertThat(update.plan(before)).hasSize(3).startsWith(FETCH).endsWith(SWITCH);
        assertThat(update.asRoot(before)).isTrue();
    }

    @Test
    void hasNothingToDoWhereTheSystemIsThatOfChannelsThatWereJustFetched() {
        assertThat(update.plan(seen(SECOND, FRESH, SAME))).isEmpty();
        assertThat(updating(",'refresh':false").plan(seen(FIRST, OLD, SAME))).isEmpty();
    }

    @Test
    void onlyBuildsWhereTheChannelsWereJustFetched() {
        assertThat(update.plan(seen(SECOND, FRESH, OTHER))).hasSize(2).endsWith(SWITCH);
        assertThat(updating(",'refresh':false").plan(seen(FIRST, OLD, OTHER))).hasSize(2);
    }

    @Test
    void fetchesAgainWhatSomebodyHasGoneBackFrom() {
        assertThat(update.plan(seen(GONE_BACK, FRESH, SAME))).startsWith(FETCH);
    }

    @Test
    void buildsTheSystemThatRunsAgainWhereAnotherIsBootedNext() {
        Output gone = Output.of(Captured.text("find-system-profiles-gone-back") + "current-system " + running() + "\n");
        assertThat(update.plan(with(gone, seen(SECOND, FRESH, SAME)))).hasSize(2);
    }

    /** Such as those of a rule that the host took back by itself. */
    @Test
    void leavesBehindWhatWasDeclaredAndNeverBuilt() {
        Output[] before = seen(SECOND, FRESH, OTHER);
        before[0] = Output.of(Declared.nothing().withHostName("tried").text());
        assertThat(update.plan(before))
                .extracting(command -> command.get(0))
                .containsExactly("install", "mv", "nixos-rebuild", "nixos-rebuild");
        before[1] = Output.of("{ }");
        assertThat(update.refusal(before).message()).contains("not the module");
    }

    @Test
    void goesBackToTheChannelsAndTheGenerationBefore() {
        Output[] before = seen(FIRST, OLD, SAME);
        assertThat(update.foreseenUndo(before)).containsExactly(BACK, List.of("nixos-rebuild", "switch", "--rollback"));
        assertThat(update.undo(List.of(before), List.of(before))).isEmpty();
        assertThat(update.undo(List.of(before), List.of(seen(SECOND, FRESH, OTHER))))
                .containsExactly(BACK);
    }

    /** From 2 a switch made 4; a rollback would lead to 3. */
    @Test
    void buildsTheFormerSystemFromTheFormerChannelsWhereARollbackWouldLeadToAnother() {
        Output[] before = with(Captured.output("find-system-profiles-gone-back"), seen(FIRST, OLD, SAME));
        Output[] after = with(Captured.output("find-system-profiles-after-going-back"), seen(SECOND, FRESH, OTHER));
        assertThat(update.undo(List.of(before), List.of(after)))
                .extracting(command -> command.get(0))
                .containsExactly("nix-channel", "nix-channel", "install", "nixos-rebuild");
    }

    @Test
    void reportsWhatHasAnotherVersionNow() {
        JsonNode output = update.changed(List.of(seen(FIRST, OLD, OTHER)), List.of(newer()));
        assertThat(output.path("updated").toString())
                .isEqualTo("[{\"name\":\"infrabridge-hello\",\"from\":\"1.0\",\"to\":\"1.1\"},"
                        + "{\"name\":\"infrabridge-practice-a\",\"from\":\"1.0\",\"to\":\"1.1\"},"
                        + "{\"name\":\"nixos\",\"from\":\"23.11.lab\",\"to\":\"23.11.lab2\"}]");
        assertThat(update.seen(newer()).path("updated")).isEmpty();
    }

    @Test
    void refusesWhatNixosCannotUpdateAlone() {
        for (String some : List.of(",'packages':['nginx']", ",'security_only':true")) {
            Failure refusal = updating(some).refusedProbe();
            assertThat(refusal.category()).isEqualTo(Category.UNSUPPORTED_TARGET);
            assertThat(refusal.message()).contains("one revision of its channels");
            assertThat(refusal.hint()).contains("Update all of it", "pin");
        }
    }

    @Test
    void refusesAHostWithoutChannels() {
        Output none = Output.failed(1, "find: X: No such file or directory");
        Failure refusal = update.refusal(seen(none, none, SAME));
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.hint()).contains("nix-channel --add");
    }

    @Test
    void refusesAConfigurationThatCannotBeEvaluated() {
        Failure refusal = update.refusal(seen(FIRST, OLD, BROKEN));
        assertThat(refusal.message()).contains("The option `nosuch' does not exist.");
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
    }

    @Test
    void refusesToHoldAndToFetchAlone() {
        for (HostOperation<PackageList, PackageHolds> operation : List.of(new HoldPackages(), new UnholdPackages())) {
            Failure refusal = new Rehearsal<>(
                            operation,
                            HOST,
                            "{'operation':'package','action':'"
                                    + operation.spec().action().replace("package.", "")
                                    + "','packages':['nginx']}")
                    .refusedProbe();
            assertThat(refusal.category()).isEqualTo(Category.UNSUPPORTED_TARGET);
            assertThat(refusal.hint()).contains("Pin a package in the configuration");
        }
        Failure refusal = new Rehearsal<>(new RefreshPackages(), HOST, "{'operation':'package','action':'refresh'}")
                .refusedProbe();
        assertThat(refusal.category()).isEqualTo(Category.UNSUPPORTED_TARGET);
        assertThat(refusal.hint()).contains("action=update");
    }

    @Test
    void readsWhateverIsSaidOrSaysThatItCannot() {
        OddOutput.of(FIRST, SECOND).isReadOrRefused(odd -> planned(seen(odd, OLD, SAME)));
        OddOutput.of(SAME, BROKEN).isReadOrRefused(odd -> planned(seen(SECOND, FRESH, odd)));
        OddOutput.of(Output.of("23.11.lab")).isReadOrRefused(odd -> {
            Output[] seen = newer();
            seen[seen.length - 1] = odd;
            update.seen(seen);
        });
    }

    private static void planned(Output[] seen) {
        UpdatePackages operation = new UpdatePackages();
        operation.plan(
                new UpdatePackages.Input(Optional.empty(), Optional.empty(), Optional.empty()), HOST, Probed.of(seen));
    }

    private static Output[] seen(Output channels, Output fetched, Output evaluated) {
        return Stream.concat(
                        NixosOutputs.running(Declared.nothing()).stream(),
                        Stream.of(channels, fetched, evaluated, PACKAGES, Output.of("23.11.lab")))
                .toArray(Output[]::new);
    }

    private static Output[] newer() {
        Output[] seen = seen(SECOND, FRESH, OTHER);
        seen[seen.length - 2] = NEWER;
        seen[seen.length - 1] = Output.of("23.11.lab2");
        return seen;
    }

    private static Output[] with(Output generations, Output[] seen) {
        seen[4] = generations;
        return seen;
    }

    /** The system that runs on the host of {@link NixosOutputs}. */
    private static String running() {
        return Captured.text("find-system-profiles")
                .lines()
                .filter(line -> line.startsWith("system-3-link "))
                .map(line -> line.substring("system-3-link ".length()))
                .findFirst()
                .orElseThrow();
    }

    private static Rehearsal<?, ?> updating(String more) {
        return new Rehearsal<>(new UpdatePackages(), HOST, "{'operation':'package','action':'update'" + more + "}");
    }
}
