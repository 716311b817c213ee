package io.infrabridge.system.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is on a simulated host, and everything that ever changed it. */
final class HostState {
    private final Set<String> folders = new HashSet<>(Set.of("/", "/run", "/mnt"));
    private final Map<String, String> mounts = new LinkedHashMap<>();
    private final Map<String, Boolean> active = new HashMap<>();
    private final Map<String, List<Effect>> effects = new HashMap<>();

    /** Something that was done to a unit or a folder. */
    record Effect(String what, Instant at) {}

    synchronized boolean active(String unit) {
        return active.getOrDefault(unit, Undertaking.activeAtFirst(unit));
    }

    synchronized void activate(String unit, boolean up, String by) {
        active.put(unit, up);
        note(unit, by);
    }

    synchronized boolean folder(String path) {
        return folders.contains(path);
    }

    /** Whether there was none yet; the folder above it must exist. */
    synchronized boolean makeFolder(String path) {
        boolean made = folders.add(path);
        if (made) {
            note(path, "mkdir");
        }
        return made;
    }

    /** Whether it was there and empty. */
    synchronized boolean removeFolder(String path) {
        boolean empty = folders.stream().noneMatch(other -> other.startsWith(path + "/")) && !mounts.containsKey(path);
        boolean removed = empty && folders.remove(path);
        if (removed) {
            note(path, "rmdir");
        }
        return removed;
    }

    synchronized boolean mounted(String path) {
        return mounts.containsKey(path);
    }

    synchronized void mount(String source, String path) {
        folders.add(path);
        mounts.put(path, source);
        note(path, "mount");
    }

    synchronized boolean unmount(String path) {
        boolean was = mounts.remove(path) != null;
        if (was) {
            note(path, "umount");
        }
        return was;
    }

    /** As {@code /proc/self/mounts} has it. */
    synchronized String mountTable() {
        StringBuilder table = new StringBuilder("/dev/vda1 / ext4 rw,relatime 0 0\n");
        mounts.forEach(
                (path, source) -> table.append(source).append(' ').append(path).append(" nfs4 rw,vers=4.2,hard 0 0\n"));
        return table.toString();
    }

    /** In the order in which they took effect. */
    synchronized List<Effect> effects(String subject) {
        return List.copyOf(effects.getOrDefault(subject, List.of()));
    }

    private void note(String subject, String what) {
        effects.computeIfAbsent(subject, each -> new ArrayList<>()).add(new Effect(what, Instant.now()));
    }
}
