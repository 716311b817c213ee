package io.infrabridge.nfs.mount;

import io.infrabridge.nfs.KernelText;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AbsolutePath;
import java.util.List;
import java.util.Optional;

/** What is mounted on a host, by the kernel's own table; see /proc/pid/mounts in proc(5) and fstab(5) for its form. */
public record MountTable(List<Entry> entries) {
    private static final int FIELDS = 6;

    public MountTable {
        entries = List.copyOf(entries);
    }

    /** Touches no mount point: at a dead server that would hang. */
    public static ReadProc look() {
        return ReadProc.of("List what is mounted", "/proc/self/mounts");
    }

    public static MountTable parse(Output output) {
        // something is always mounted, at least the root
        if (output.truncated() || output.text().isBlank()) {
            throw new UnexpectedOutput("/proc/self/mounts is " + (output.truncated() ? "too long" : "empty"));
        }
        return new MountTable(output.lines().stream().map(MountTable::entry).toList());
    }

    private static Entry entry(String line) {
        String[] fields = line.split(" ");
        if (fields.length != FIELDS) {
            throw new UnexpectedOutput("/proc/self/mounts: " + line.substring(0, Math.min(200, line.length())));
        }
        return new Entry(KernelText.unescaped(fields[0]), KernelText.unescaped(fields[1]), fields[2], fields[3]);
    }

    public List<NfsMount> nfs() {
        return entries.stream().filter(Entry::isNfs).map(NfsMount::of).toList();
    }

    /** What is seen at this place: the last one mounted there. */
    public Optional<Entry> at(AbsolutePath target) {
        return entries.stream()
                .filter(entry -> entry.target().equals(target.value()))
                .reduce((below, above) -> above);
    }

    public Optional<NfsMount> nfsAt(AbsolutePath target) {
        return at(target).filter(Entry::isNfs).map(NfsMount::of);
    }

    /** One mount of any kind. */
    public record Entry(String source, String target, String fstype, String options) {
        boolean isNfs() {
            return fstype.equals("nfs") || fstype.equals("nfs4");
        }
    }
}
