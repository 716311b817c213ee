package io.infrabridge.server.system;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process by the name of its program: its arguments may hold secrets, and are not asked for. See ps(1).
 *
 * @param state as ps says it: R runs, S sleeps, D waits and cannot be interrupted, Z is a zombie …
 * @param cpuPercent of one processor, over its whole life
 * @param seconds since it began
 */
record RunningProcess(
        long pid,
        long parentPid,
        String userName,
        String state,
        double cpuPercent,
        double memoryPercent,
        long memoryBytes,
        long seconds,
        String command) {
    private static final Pattern LINE =
            Pattern.compile("\\s{0,20}(\\d{1,10})\\s{1,20}(\\d{1,10})\\s{1,40}(\\S{1,64})\\s{1,40}"
                    + "(\\S{1,16})\\s{1,20}(\\d{1,9}\\.?\\d{0,3})\\s{1,20}(\\d{1,9}\\.?\\d{0,3})\\s{1,20}(\\d{1,15})\\s{1,20}"
                    + "(\\d{1,15})\\s(.{1,255})");

    static List<RunningProcess> parse(Output ps) {
        List<String> lines = ps.lines();
        // the last one may be cut
        return (ps.truncated() ? lines.subList(0, Math.max(0, lines.size() - 1)) : lines)
                .stream().map(RunningProcess::process).toList();
    }

    private static RunningProcess process(String line) {
        Matcher fields = LINE.matcher(line);
        if (!fields.matches()) {
            throw new UnexpectedOutput("ps: " + line);
        }
        return new RunningProcess(
                Long.parseLong(fields.group(1)),
                Long.parseLong(fields.group(2)),
                fields.group(3),
                fields.group(4),
                Double.parseDouble(fields.group(5)),
                Double.parseDouble(fields.group(6)),
                Long.parseLong(fields.group(7)) * 1024,
                Long.parseLong(fields.group(8)),
                fields.group(9).strip());
    }
}
