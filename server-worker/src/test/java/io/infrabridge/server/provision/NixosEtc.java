package io.infrabridge.server.provision;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.FileMode;
import io.infrabridge.server.nixos.DeclaredFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is below /etc of a NixOS host in memory: a switch makes what is declared, removes what it made once, and leaves directories. */
final class NixosEtc {
    private final Map<String, DeclaredFile> files = new TreeMap<>();
    private final Set<String> directories = new TreeSet<>(Set.of("/etc"));
    private final Set<String> made = new TreeSet<>();

    /** Somebody has put it there by hand, or changed what is there. */
    NixosEtc with(String path, String text) {
        files.put(path, new DeclaredFile(text, new FileMode("0644")));
        return this;
    }

    void make(Map<String, DeclaredFile> declared) {
        Set<String> wanted =
                declared.keySet().stream().map(name -> "/etc/" + name).collect(Collectors.toSet());
        made.stream().filter(path -> !wanted.contains(path)).forEach(files::remove);
        made.clear();
        declared.forEach((name, file) -> {
            String path = "/etc/" + name;
            FileStatus.chain(new AbsolutePath(path)).stream()
                    .filter(each -> !each.equals(path))
                    .forEach(directories::add);
            files.put(path, file);
            made.add(path);
        });
    }

    void removeDirectory(String path) {
        if (files.keySet().stream().noneMatch(file -> file.startsWith(path + "/"))
                && directories.stream().noneMatch(inner -> inner.startsWith(path + "/"))) {
            directories.remove(path);
        }
    }

    Optional<String> text(String path) {
        return Optional.ofNullable(files.get(path)).map(DeclaredFile::text);
    }

    Output stat(List<String> paths) {
        String found = paths.stream()
                .map(path -> directories.contains(path)
                        ? "directory\t755\t0\t0\troot\troot\t4096\t" + path + "\n"
                        : Optional.ofNullable(files.get(path))
                                .map(file -> "regular file\t"
                                        + Integer.toOctalString(file.mode().bits()) + "\t0\t0\troot\troot\t"
                                        + file.text().length() + "\t" + path + "\n")
                                .orElse(""))
                .collect(Collectors.joining());
        boolean all = found.lines().count() == paths.size();
        return new Output(all ? 0 : 1, found, all ? "" : "stat: No such file or directory", false);
    }

    @Override
    public String toString() {
        return files + " " + directories;
    }
}
