package io.infrabridge.runtime.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads files that the kernel makes, one after the other as cat(1) would; see proc(5). On the worker's own machine no
 * program is started for it, because that costs more than everything else that a read does.
 *
 * @param files below {@code /proc}: they hold what the kernel knows and ask no disk and no server
 */
public record ReadProc(String description, List<String> files) implements Step {
    /** What an operation must declare in order to read so. */
    public static final String PROGRAM = "cat";

    private static final Pattern FILE = Pattern.compile("/proc(/[A-Za-z0-9_]+)+");

    public ReadProc {
        description = Step.brief(description);
        files = List.copyOf(files);
        if (files.isEmpty()
                || !files.stream().allMatch(file -> FILE.matcher(file).matches())) {
            throw new IllegalArgumentException("not files of /proc: " + files);
        }
    }

    public static ReadProc of(String description, String... files) {
        return new ReadProc(description, List.of(files));
    }

    /** The same by a program, for a host that only runs programs. */
    public Run asRun() {
        return Run.of(description, command());
    }

    @Override
    public List<String> command() {
        List<String> argv = new ArrayList<>(List.of(PROGRAM, "--"));
        argv.addAll(files);
        return argv;
    }

    @Override
    public Undo undo() {
        return Undo.none();
    }

    @Override
    public boolean accepts(Output output) {
        return output.succeeded();
    }
}
