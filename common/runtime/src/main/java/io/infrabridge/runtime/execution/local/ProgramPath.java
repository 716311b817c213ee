package io.infrabridge.runtime.execution.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where programs are looked for: fixed, so that nobody who can set the worker's PATH can choose what runs. */
final class ProgramPath {
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/sbin"),
            Path.of("/bin"),
            // NixOS has nothing but sh and env in the folders above; its sudo is in the first of these
            Path.of("/run/wrappers/bin"),
            Path.of("/run/current-system/sw/bin"));

    private ProgramPath() {}

    static Optional<Path> find(String program) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** For the programs that the program starts. */
    static String variable() {
        return FOLDERS.stream().map(Path::toString).collect(Collectors.joining(":"));
    }
}
