package io.infrabridge.server;

import java.util.List;

/** The commands by which a change says on its host that it runs: hosts of tests need not play them. */
public final class RunningMarks {
    private static final String PATH = "/run/infrabridge/running/o1";

    private RunningMarks() {}

    public static boolean named(List<String> argv) {
        return argv.equals(List.of("mkdir", "-p", "--", PATH)) || argv.equals(List.of("rmdir", "--", PATH));
    }
}
