package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.value.AttributePath;
import io.infrabridge.runtime.value.PackageQuery;
import io.infrabridge.server.OddOutput;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosOutputs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What nix said of a few packages that were written for it; what NixOS itself would say is not among the captures. */
final class NixPackagesTest {
    private static final HostFacts HOST = Rehearsal.host(Distro.NIXOS);
    private static final Output TWO = Captured.output("nix-instantiate-two");
    private static final Declared HTOP = Declared.nothing().withPackages(List.of(new AttributePath("htop")));
    private static final Declared ALL =
            HTOP.withPackages(List.of(new AttributePath("nginx"), new AttributePath("postgresql")));

    private final Rehearsal<?, ?> install = installing("'nginx','postgresql'");
    private final Rehearsal<?, ?> remove = new Rehearsal<>(
            new RemovePackages(), HOST, "{'operation':'package','action':'remove','packages':['nginx','postgresql']}");
    private final Output[] before = seen(HTOP, TWO);
    private final Output[] installed = seen(ALL, TWO);

    @Test
    void asksNixForTheVeryPackages() {
        assertThat(install.probe())
                .contains(List.of(
                        "nix-instantiate",
                        "--eval",
                        "--strict",
                        "--json",
                        "-A",
                        "nginx.type",
                        "-A",
                        "nginx.name",
                        "-A",
                        "postgresql.type",
                        "-A",
                        "postgresql.name",
                        "<nixpkgs>"));
    }

    @Test
    void declaresThemBesideWhatWasDeclared() {
        List<List<String>> plan = install.plan(before);
        assertThat(plan).hasSize(4);
        assertThat(plan.get(3)).startsWith("nixos-rebuild", "switch");
        assertThat(install.asRoot(before)).isTrue();
        assertThat(install.foreseenUndo(before)).contains(List.of("nixos-rebuild", "switch", "--rollback"));
        assertThat(install.plan(installed)).isEmpty();
    }

    @Test
    void reportsTheirVersionsAndWhetherTheyCame() {
        JsonNode output = install.changed(List.of(before), List.of(installed));
        assertThat(output.path("packages").toString())
                .isEqualTo("[{\"name\":\"nginx\",\"version\":\"1.24.0\",\"state\":\"installed\",\"changed\":true},"
                        + "{\"name\":\"postgresql\",\"version\":\"15.5\",\"state\":\"installed\",\"changed\":true}]");
        assertThat(install.seen(installed)
                        .path("packages")
                        .path(0)
                        .path("changed")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void removesWhatItDeclaredAndNothingElse() {
        assertThat(remove.plan(installed)).hasSize(4);
        assertThat(remove.plan(before)).isEmpty();
        JsonNode output = remove.changed(List.of(installed), List.of(before));
        assertThat(output.path("packages").path(0).path("state").asText()).isEqualTo("absent");
        assertThat(remove.plan(NixosOutputs.untouched(TWO).toArray(Output[]::new)))
                .isEmpty();
    }

    /** A channel may have dropped it since. */
    @Test
    void removesWhatNixNoLongerKnows() {
        assertThat(remove.plan(seen(ALL, Captured.error(1, "nix-instantiate-removed.err"))))
                .hasSize(4);
    }

    @Test
    void readsNestedPackages() {
        Output nested = Captured.output("nix-instantiate-nested");
        Output[] there =
                seen(Declared.nothing().withPackages(List.of(new AttributePath("python311Packages.requests"))), nested);
        assertThat(installing("'python311Packages.requests'")
                        .seen(there)
                        .path("packages")
                        .toString())
                .isEqualTo("[{\"name\":\"python311Packages.requests\",\"version\":\"2.31.0\",\"state\":\"installed\","
                        + "\"changed\":false}]");
    }

    @Test
    void refusesWhatNixDoesNotTake() {
        assertThat(refusal("nix-instantiate-unknown.err").message()).isEqualTo("nixpkgs has no package nosuchpackage.");
        assertThat(refusal("nix-instantiate-unknown.err").category()).isEqualTo(Category.NOT_FOUND);
        assertThat(refusal("nix-instantiate-no-package.err").message()).isEqualTo("nixpkgs has no package lib.");
        assertThat(refusal("nix-instantiate-removed.err").message()).contains("gone was removed because nobody");
        assertThat(refusal("nix-instantiate-no-nixpkgs.err").message()).contains("search path");
    }

    @Test
    void refusesNamesThatAreNoAttributePaths() {
        assertThat(installing("'g++'").refusedProbe().category()).isEqualTo(Category.INVALID_ARGUMENT);
        assertThat(installing("'libc6:amd64'").refusedProbe().message()).contains("attribute path");
    }

    @Test
    void saysHowTheModuleGetsThere() {
        assertThat(install.refusal(NixosOutputs.without(TWO).toArray(Output[]::new))
                        .hint())
                .contains("imports = [");
    }

    @Test
    void findsPackagesByTheirNamesAndWhatIsSaidOfThem() {
        assertThat(searching("nginx").probe().get(0))
                .containsExactly("nix-env", "-qaP", "--description", "-f", "<nixpkgs>", ".*nginx.*");
        assertThat(searching("g++.x").probe().get(0)).endsWith(".*g[+][+][.]x.*");
        JsonNode found = searching("nginx lightweight").seen(Captured.output("nix-env-search"));
        assertThat(found.path("total").asInt()).isEqualTo(2);
        assertThat(found.path("packages").path(0).toString())
                .isEqualTo("{\"name\":\"nginx\",\"summary\":\"A reverse proxy and lightweight webserver\"}");
        JsonNode some = searching("e http").seen(Captured.output("nix-env-search-all"));
        assertThat(some.path("packages").path(0).path("name").asText()).isEqualTo("python311Packages.requests");
        assertThat(searching("nosuch")
                        .seen(Captured.error(1, "nix-env-search-none.err"))
                        .path("total")
                        .asInt())
                .isZero();
    }

    @Test
    void readsWhateverNixSaysOrSaysThatItCannot() {
        OddOutput.of(TWO, Captured.error(1, "nix-instantiate-unknown.err"))
                .isReadOrRefused(odd -> NixAttributes.versions(
                        List.of(new AttributePath("nginx"), new AttributePath("postgresql")), odd));
        OddOutput.of(Captured.error(1, "nix-instantiate-unknown.err")).isReadOrRefused(NixAttributes::failure);
        OddOutput.of(Captured.output("nix-env-search-all"), Captured.error(1, "nix-env-search-none.err"))
                .isReadOrRefused(odd -> NixSearch.found(new PackageQuery("nginx"), odd));
    }

    private io.infrabridge.contract.Failure refusal(String error) {
        return install.refusal(seen(HTOP, Captured.error(1, error)));
    }

    private static Output[] seen(Declared declared, Output asked) {
        return Stream.concat(NixosOutputs.running(declared).stream(), Stream.of(asked))
                .toArray(Output[]::new);
    }

    private static Rehearsal<?, ?> installing(String names) {
        return new Rehearsal<>(
                new InstallPackages(), HOST, "{'operation':'package','action':'install','packages':[" + names + "]}");
    }

    private static Rehearsal<?, ?> searching(String query) {
        return new Rehearsal<>(
                new SearchPackages(), HOST, "{'operation':'package','action':'search','query':'" + query + "'}");
    }
}
