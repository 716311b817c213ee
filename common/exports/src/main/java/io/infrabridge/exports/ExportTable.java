package io.infrabridge.exports;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The exports of a host: those that its server has now and those in its files. */
public final class ExportTable {
    /** What {@link #active} runs as root. */
    public static final String AS_ROOT = "exportfs -v";

    private ExportTable() {}

    /** Asks the server; a host without one has no active exports. */
    public static Run active() {
        return Run.of("List the active exports", "exportfs", "-v")
                .asRoot("the server's table of exports is root's")
                .accepting(0, 1, Output.NOT_FOUND);
    }

    /** Prints /etc/exports and then the files beside it; 1 and 2: some of them are not there. */
    public static Run configured() {
        return Run.of(
                        "Read the configured exports",
                        "grep",
                        "-rhs",
                        "--include=exports",
                        "--include=*.exports",
                        "",
                        "/etc/exports",
                        "/etc/exports.d")
                .accepting(0, 1, 2);
    }

    /** Both together by path; the options of an active export are those in force. */
    public static List<Export> parse(Output active, Output configured) {
        Map<String, List<ExportClient>> now = active.missing() ? Map.of() : ExportGrammar.parse(answer(active));
        Map<String, List<ExportClient>> later = ExportGrammar.parse(answer(configured));
        Map<String, List<ExportClient>> all = new TreeMap<>(later);
        all.putAll(now);
        List<Export> exports = new ArrayList<>();
        all.forEach((path, clients) ->
                exports.add(Export.of(path, clients, now.containsKey(path), later.containsKey(path))));
        return exports;
    }

    private static String answer(Output output) {
        if (output.truncated()) {
            throw new UnexpectedOutput("the list of exports is longer than the output limit");
        }
        return output.text();
    }
}
