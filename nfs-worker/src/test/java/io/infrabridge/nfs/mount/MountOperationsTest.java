package io.infrabridge.nfs.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.nfs.Roots;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MountOperationsTest {
    private static final List<String> UNMOUNT = List.of("umount", "--", "/mnt/nfs/data");

    private final Output free = Captured.output("mounts-all");
    private final Output mounted = Captured.output("mounts-mounted");
    private final Output directory = Captured.output("stat-directory");
    private final Output absent = Captured.error(1, "stat-absent");
    private final Output real = Captured.output("realpath");

    private final Rehearsal<?, ?> mount = mounting("127.0.0.1:/srv/data", "'4.1'", "'rw','async','noatime'");
    private final Rehearsal<?, ?> unmount =
            new Rehearsal<>(new UnmountShare(Roots.USUAL), "{'action':'unmount','target':'/mnt/nfs/data'}");

    @Test
    void listsSharesOnly() {
        JsonNode mounts = new Rehearsal<>(new ListMounts(), "{'action':'list'}")
                .seen(free)
                .path("mounts");
        assertThat(mounts.findValuesAsText("target")).containsExactly("/mnt/data", "/mnt/pool");
        assertThat(mounts.get(0).path("source").asText()).isEqualTo("127.0.0.1:/srv/data");
        assertThat(mounts.get(0).path("version").asText()).isEqualTo("4.2");
        assertThat(mounts.get(0).path("options").toString()).startsWith("[\"rw\",\"relatime\",\"vers=4.2\"");
    }

    @Test
    void readsTheBlanksOfAMountPoint() {
        JsonNode mounts = new Rehearsal<>(new ListMounts(), "{'action':'list'}")
                .seen(Captured.output("mounts-version-3"))
                .path("mounts");
        assertThat(mounts.get(2).path("target").asText()).isEqualTo("/mnt/nfs/with blank");
        assertThat(mounts.get(2).path("version").asText()).isEqualTo("3");
    }

    @Test
    void listsNothingWhereNothingIsMounted() {
        assertThat(new Rehearsal<>(new ListMounts(), "{'action':'list'}")
                        .seen(Captured.output("mounts-none"))
                        .path("mounts"))
                .isEmpty();
    }

    @Test
    void mountsAsTheArgumentsSay() {
        assertThat(mount.plan(free, directory, real))
                .containsExactly(List.of(
                        "mount",
                        "-t",
                        "nfs",
                        "-o",
                        "vers=4.1,rw,async,noatime,retry=0",
                        "--",
                        "127.0.0.1:/srv/data",
                        "/mnt/nfs/data"));
        assertThat(mount.asRoot(free, directory, real)).isTrue();
    }

    @Test
    void makesTheMountPointWhereThereIsNone() {
        assertThat(mount.plan(free, absent, real).get(0)).containsExactly("mkdir", "-p", "--", "/mnt/nfs/data");
        assertThat(mount.foreseenUndo(free, absent, real))
                .containsExactly(List.of("rmdir", "--ignore-fail-on-non-empty", "--", "/mnt/nfs/data"), UNMOUNT);
    }

    @Test
    void unmountsInItsUndoOnlyWhatIsMounted() {
        List<Output> before = List.of(free, directory, real);
        assertThat(mount.undo(before, List.of(mounted, directory, real))).containsExactly(UNMOUNT);
        assertThat(mount.undo(before, before)).isEmpty();
    }

    @Test
    void hasNothingToDoWhereItIsMounted() {
        assertThat(mount.plan(mounted, directory, real)).isEmpty();
        assertThat(mounting("127.0.0.1:/srv/data/", "'4'", "").plan(mounted, directory, real))
                .isEmpty();
        JsonNode output = mount.seen(mounted, directory, real);
        assertThat(output.path("source").asText()).isEqualTo("127.0.0.1:/srv/data");
        assertThat(output.path("version").asText()).isEqualTo("4.1");
    }

    @Test
    void refusesToMountOverSomethingElse() {
        assertThat(mounting("nas.example.com:/other", "'4.1'", "")
                        .refusal(mounted, directory, real)
                        .category())
                .isEqualTo(Category.CONFLICT);
        assertThat(new Rehearsal<>(
                                new MountShare(Roots.USUAL), "{'action':'mount','source':'a:/b','target':'/srv/data'}")
                        .refusal(free, directory, Output.of("/srv/data\n"))
                        .message())
                .isEqualTo("/dev/mapper/vg0-data (ext4) is mounted at /srv/data.");
    }

    @Test
    void refusesWhereItIsMountedOtherwise() {
        assertThat(mounting("127.0.0.1:/srv/data", "'4.2'", "")
                        .refusal(mounted, directory, real)
                        .message())
                .contains("vers=4.1");
        assertThat(mounting("127.0.0.1:/srv/data", "'4.1'", "'ro'")
                        .refusal(mounted, directory, real)
                        .category())
                .isEqualTo(Category.CONFLICT);
    }

    @Test
    void refusesWhatIsNoDirectoryOrIsReachedThroughALink() {
        assertThat(mount.refusal(free, Output.of("regular file\n"), real).message())
                .isEqualTo("/mnt/nfs/data is a regular file.");
        assertThat(mount.refusal(free, directory, Output.of("/data\n")).message())
                .contains("really is /data");
        assertThat(mount.refusal(free, Output.failed(124, ""), Output.failed(124, ""))
                        .hint())
                .contains("action=health");
    }

    @Test
    void unmountsAShareAndNothingElse() {
        assertThat(unmount.plan(mounted)).containsExactly(UNMOUNT);
        assertThat(unmount.plan(free)).isEmpty();
        assertThat(new Rehearsal<>(new UnmountShare(Roots.USUAL), "{'action':'unmount','target':'/srv/data'}")
                        .refusal(free)
                        .category())
                .isEqualTo(Category.CONFLICT);
        JsonNode output = unmount.changed(List.of(mounted), List.of(free));
        assertThat(output.toString())
                .isEqualTo("{\"target\":\"/mnt/nfs/data\",\"source\":\"127.0.0.1:/srv/data\",\"mounted\":false}");
    }

    @Test
    void mountsAgainWhatItUnmounted() {
        assertThat(unmount.foreseenUndo(mounted).get(0))
                .startsWith("mount", "-t", "nfs", "-o")
                .endsWith("--", "127.0.0.1:/srv/data", "/mnt/nfs/data")
                .anySatisfy(word -> assertThat(word).startsWith("rw,noatime,vers=4.1,"));
        assertThat(unmount.undo(List.of(mounted), List.of(mounted))).isEmpty();
    }

    /** The seed's first two usage examples; remote_target is the catalogue's. */
    @Test
    void understandsTheUsageExamplesWordForWord() {
        String first = "{'action':'mount','source':'nas.example.com:/export/data','target':'/mnt/nfs/data',"
                + "'version':'4.1','options':['rw','async','noatime']}";
        String second = "{'action':'mount','source':'nas.example.com:/export/data','target':'/mnt/nfs/data',"
                + "'version':'4.1','remote_target':'app-server-01.example.com'}";
        for (String example : List.of(first, second)) {
            assertThat(new Rehearsal<>(new MountShare(Roots.USUAL), example).plan(free, directory, real))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-oremount",
                "bind",
                "remount",
                "loop",
                "bg",
                "rw,suid",
                "vers=3",
                "user",
                "x-systemd.automount",
                "a b",
                "timeo",
                "timeo=1;reboot",
                "rw=1"
            })
    void acceptsOnlyOptionsOfNfs(String hostile) {
        assertThatThrownBy(() -> mounting("a:/b", "'4'", "'" + hostile + "'")).isInstanceOf(InvalidArguments.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a:/b", "a", "/b", "a:b", "a b:/c", "$(x):/c", "a:/b c"})
    void acceptsOnlySourcesOfNfs(String hostile) {
        assertThatThrownBy(() -> mounting(hostile, "'4'", "")).isInstanceOf(InvalidArguments.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "mnt", "-t", "/mnt/../etc", "/a//b", "/a\\nb", ""})
    void acceptsOnlyPlainMountPoints(String hostile) {
        assertThatThrownBy(() -> new Rehearsal<>(
                        new MountShare(Roots.USUAL), "{'action':'mount','source':'a:/b','target':'" + hostile + "'}"))
                .isInstanceOf(InvalidArguments.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "/mnt", "/mnta/x", "/usr/bin", "/proc/1", "/root/.ssh"})
    void worksOnlyInTheDirectoriesThatAreAllowed(String outside) {
        String arguments = "'target':'" + outside + "'}";
        for (Rehearsal<?, ?> asked : List.of(
                new Rehearsal<>(new MountShare(Roots.USUAL), "{'action':'mount','source':'a:/b'," + arguments),
                new Rehearsal<>(new UnmountShare(Roots.USUAL), "{'action':'unmount'," + arguments))) {
            assertThat(asked.refusedProbe().category()).isEqualTo(Category.INVALID_ARGUMENT);
            assertThat(asked.refusedProbe().hint()).contains("/mnt, /srv");
        }
    }

    @Test
    void unmountsOnlyWhatItCouldMountAgain() {
        Output odd = Output.of("nas:/a\\040b /mnt/nfs/data nfs4 rw 0 0\n");
        assertThat(unmount.refusal(odd).category()).isEqualTo(Category.PRECONDITION_FAILED);
    }

    @Test
    void mountsAgainOnlyWithOptionsThatACallerCouldGive() {
        Output odd = Output.of("nas:/a /mnt/nfs/data nfs4 ro,vers=4.2,addr=10.0.0.1,x-evil=$(id),loop 0 0\n");
        assertThat(unmount.foreseenUndo(odd))
                .containsExactly(List.of("mount", "-t", "nfs", "-o", "ro,vers=4.2", "--", "nas:/a", "/mnt/nfs/data"));
    }

    @Test
    void doesNotUnderstandGarbage() {
        for (String garbage : List.of("garbage", "proc /proc proc rw 0", "")) {
            assertThatThrownBy(() -> unmount.plan(Output.of(garbage))).isInstanceOf(UnexpectedOutput.class);
        }
        Output cut = new Output(0, mounted.text(), "", true);
        assertThatThrownBy(() -> unmount.plan(cut)).isInstanceOf(UnexpectedOutput.class);
    }

    private static Rehearsal<?, ?> mounting(String source, String version, String options) {
        return new Rehearsal<>(
                new MountShare(Roots.USUAL),
                "{'action':'mount','source':'" + source + "','target':'/mnt/nfs/data','version':" + version
                        + ",'options':[" + options + "]}");
    }
}
