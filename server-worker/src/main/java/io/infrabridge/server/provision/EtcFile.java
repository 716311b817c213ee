package io.infrabridge.server.provision;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.AllowedRoots;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.server.Part;
import io.infrabridge.server.nixos.Declaration;
import io.infrabridge.server.nixos.DeclaredFile;
import io.infrabridge.server.nixos.DeclaredPart;
import io.infrabridge.server.nixos.NixosHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file below {@code /etc} of a NixOS host, which is made of what is declared. */
record EtcFile(FileConfig wanted, AllowedRoots roots) {
    private static final AbsolutePath ETC = new AbsolutePath("/etc");
    static final String AS_ROOT = "rmdir --ignore-fail-on-non-empty -- " + new AllowedRoots(List.of(ETC)).slot();

    private static final int LOOKED = 0;
    private static final int READ = 1;
    private static final int HOST = 2;

    /** Whether NixOS makes it; what is elsewhere is written as on any host. */
    static boolean is(FileConfig file) {
        return file.path().within(ETC) && !file.path().equals(ETC);
    }

    static DeclaredSection.Named of(FileConfig wanted, AllowedRoots roots) {
        EtcFile file = new EtcFile(wanted, roots);
        return new DeclaredSection.Named(
                FileChange.NAME,
                new DeclaredPart(file.looks(), seen -> Plan.nothing(), file::declaration, file::deviations),
                seen -> List.of(file.change(seen)));
    }

    private Plan looks() {
        return roots.refusal(wanted.path())
                .or(() -> GuardedPaths.refusal(wanted.path()))
                .or(this::notForTheStore)
                .orElseGet(() -> {
                    List<Step> looks = new ArrayList<>(List.of(
                            FileStatus.look(wanted.path()),
                            Run.of("Read " + wanted.path(), "cat", "--", path()).accepting(0, 1)));
                    looks.addAll(NixosHost.looks());
                    return Plan.of(looks);
                });
    }

    /** Whatever is declared goes through the store of nix, and is made before the accounts of the same configuration. */
    private Optional<Plan> notForTheStore() {
        if (!wanted.readableByAll()) {
            return Optional.of(Plan.refuse(
                    Category.UNSUPPORTED_TARGET,
                    "On NixOS " + wanted.path() + " would be made from the store of nix, where everybody may read it.",
                    "Choose a mode that lets everybody read it, or a place outside of /etc."));
        }
        return wanted.user().equals("root") && wanted.groupName().equals("root")
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.UNSUPPORTED_TARGET,
                        "On NixOS " + wanted.path() + " can only belong to root, who makes it.",
                        "Leave out owner and group, or choose a place outside of /etc."));
    }

    private Declaration declaration(Probed seen) {
        DeclaredFile file = new DeclaredFile(wanted.text().value(), wanted.permissions());
        return detour(FileStatus.parse(seen.get(LOOKED)))
                .or(() -> another(seen))
                .map(Declaration::refused)
                .orElseGet(() ->
                        Declaration.of(before -> before.withFile(name(), file)).takingBack(this::directoriesBack));
    }

    /** What a link or a file on the way leads to is not below /etc. */
    private Optional<Plan> detour(Map<String, FileStatus> found) {
        return directories().stream()
                .filter(directory ->
                        found.containsKey(directory) && !found.get(directory).directory())
                .findFirst()
                .map(directory -> Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        directory + " is a " + found.get(directory).type() + ", so there is no place for "
                                + wanted.path() + ".",
                        "Choose another path, or change what the configuration of the host says of " + directory
                                + "."));
    }

    /** What is there and was not built from what we declared would be lost, since a switch puts its own in its place. */
    private Optional<Plan> another(Probed seen) {
        Optional<DeclaredFile> built =
                Optional.ofNullable(NixosHost.seen(seen, HOST).built().files().get(name()));
        if (built.isEmpty()) {
            return there(seen)
                    .map(status -> Plan.refuse(
                            Category.CONFLICT,
                            wanted.path() + " is there already, and nothing that was provisioned made it.",
                            "Change it where the configuration of the host declares it, or move it away first."));
        }
        return is(built.get(), seen)
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        wanted.path() + " is not as it is declared.",
                        "Somebody may have changed it since, and nixos-rebuild switch makes it anew; or the administrator's"
                                + " configuration says otherwise, by mkForce."));
    }

    private boolean is(DeclaredFile file, Probed seen) {
        Output content = seen.get(READ);
        return there(seen)
                        .filter(FileStatus::regular)
                        .filter(status -> status.mode() == file.mode().bits())
                        .filter(status ->
                                status.owner().equals("root") && status.group().equals("root"))
                        .isPresent()
                && content.succeeded()
                && content.text().equals(file.text());
    }

    /** A switch makes the directories that a file needs, and leaves them there when the file is no longer declared. */
    private List<Step> directoriesBack(Probed before, Probed now) {
        Map<String, FileStatus> former = FileStatus.parse(before.get(LOOKED));
        Map<String, FileStatus> present = FileStatus.parse(now.get(LOOKED));
        List<Step> steps = new ArrayList<>();
        for (String directory : directories()) {
            if (!former.containsKey(directory) && present.containsKey(directory)) {
                // the innermost first
                steps.add(
                        0,
                        Run.of("Remove " + directory, "rmdir", "--ignore-fail-on-non-empty", "--", directory)
                                .asRoot("the directory belongs to the whole host"));
            }
        }
        return steps;
    }

    private Change change(Probed seen) {
        Optional<FileStatus> there = there(seen);
        Output content = seen.get(READ);
        return FileChange.of(
                wanted,
                there,
                there.isEmpty()
                        ? Optional.of("")
                        : Optional.of(content)
                                .filter(read -> read.succeeded() && !read.truncated())
                                .map(Output::text));
    }

    private List<Part.Deviation> deviations(Probed seen) {
        Difference difference = change(seen).difference();
        return List.of(new Part.Deviation(difference.subject(), difference.from(), difference.to()));
    }

    private Optional<FileStatus> there(Probed seen) {
        return Optional.ofNullable(FileStatus.parse(seen.get(LOOKED)).get(path()));
    }

    private List<String> directories() {
        List<String> chain = FileStatus.chain(wanted.path());
        return chain.subList(0, chain.size() - 1);
    }

    private String path() {
        return wanted.path().value();
    }

    private String name() {
        return path().substring(ETC.value().length() + 1);
    }
}
