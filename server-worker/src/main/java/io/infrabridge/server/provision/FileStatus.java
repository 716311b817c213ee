package io.infrabridge.server.provision;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AbsolutePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file or directory as stat(1) shows it; a link is shown as one.
 *
 * @param mode its permissions, with setuid and its kin
 */
record FileStatus(String type, int mode, long userId, long groupId, String owner, String group, long size) {
    static final String FORMAT = "--printf=%F\\t%a\\t%u\\t%g\\t%U\\t%G\\t%s\\t%n\\n";

    private static final Pattern LINE = Pattern.compile(
            "([a-z ()/-]{1,60})\\t([0-7]{1,4})\\t(\\d{1,10})\\t(\\d{1,10})\\t([^\\t]{1,64})\\t([^\\t]{1,64})\\t(\\d{1,18})\\t(/[^\\t]*)");

    private static final int LONGEST = 200_000;
    private static final int GROUP_MAY_WRITE = 0020;
    private static final int OTHERS_MAY_WRITE = 0002;
    private static final int OTHERS_MAY_READ = 0004;

    /** Looks at a path and at every directory above it but the root. */
    static Run look(AbsolutePath path) {
        List<String> argv = new ArrayList<>(List.of("stat", FORMAT, "--"));
        argv.addAll(chain(path));
        return Run.of("Look at " + path + " and the directories above it", argv).accepting(0, 1);
    }

    /** The directories above a path, the outermost first, and the path itself. */
    static List<String> chain(AbsolutePath path) {
        List<String> chain = new ArrayList<>();
        for (int end = path.value().indexOf('/', 1); end > 0; end = path.value().indexOf('/', end + 1)) {
            chain.add(path.value().substring(0, end));
        }
        chain.add(path.value());
        return chain;
    }

    /** By path; what is not there is not in it. */
    static Map<String, FileStatus> parse(Output output) {
        if (output.text().length() > LONGEST) {
            throw new UnexpectedOutput("stat: more than was asked for");
        }
        Map<String, FileStatus> found = new HashMap<>();
        for (String line : output.lines()) {
            Matcher fields = LINE.matcher(line);
            if (output.truncated() || !fields.matches()) {
                throw new UnexpectedOutput("stat: " + line);
            }
            found.put(
                    fields.group(8),
                    new FileStatus(
                            fields.group(1),
                            Integer.parseInt(fields.group(2), 8),
                            Long.parseLong(fields.group(3)),
                            Long.parseLong(fields.group(4)),
                            fields.group(5),
                            fields.group(6),
                            Long.parseLong(fields.group(7))));
        }
        if (found.isEmpty() && !absent(output)) {
            throw new UnexpectedOutput("stat: " + output.error());
        }
        return found;
    }

    /** Whether the account that looked may not look there. */
    static boolean denied(Output output) {
        return output.error().contains("Permission denied");
    }

    private static boolean absent(Output output) {
        return output.error().contains("No such file or directory");
    }

    boolean regular() {
        return type.equals("regular file") || type.equals("regular empty file");
    }

    boolean directory() {
        return type.equals("directory");
    }

    boolean belongsToRoot() {
        return userId == 0;
    }

    /** Whether others than its owner may put something in it; the group of root is nobody else. */
    boolean writableByOthers() {
        return (mode & OTHERS_MAY_WRITE) != 0 || (mode & GROUP_MAY_WRITE) != 0 && groupId != 0;
    }

    boolean readableByAll() {
        return (mode & OTHERS_MAY_READ) != 0;
    }

    String octal() {
        return Optional.of(Integer.toOctalString(mode))
                .map(text -> "0".repeat(4 - text.length()) + text)
                .orElseThrow();
    }

    String permissions() {
        return octal() + " " + owner + ":" + group;
    }
}
