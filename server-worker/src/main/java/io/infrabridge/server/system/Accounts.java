package io.infrabridge.server.system;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lines of passwd(5) and group(5), as getent(1) prints them from whatever source the host has. */
final class Accounts {
    /** Accounts of people and of their programs begin here; see login.defs(5). */
    static final long FIRST_OF_PEOPLE = 1000;

    private static final long NOBODY = 65_534;
    private static final int FIELDS_OF_A_USER = 7;
    private static final int FIELDS_OF_A_GROUP = 4;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

    private Accounts() {}

    static List<User> users(Output passwd) {
        return complete(passwd).stream().map(Accounts::user).toList();
    }

    static List<Group> groups(Output group) {
        return complete(group).stream().map(Accounts::group).toList();
    }

    static Optional<User> user(Output passwd, String name) {
        return users(passwd).stream().filter(user -> user.name().equals(name)).findFirst();
    }

    /** The last line may be cut. */
    private static List<String> complete(Output output) {
        List<String> lines = output.lines();
        return output.truncated() ? lines.subList(0, Math.max(0, lines.size() - 1)) : lines;
    }

    private static User user(String line) {
        String[] fields = line.split(":", -1);
        if (fields.length != FIELDS_OF_A_USER || fields[0].isBlank()) {
            throw new UnexpectedOutput("passwd: " + line);
        }
        return new User(fields[0], number(fields[2], line), number(fields[3], line), fields[5], fields[6].strip());
    }

    private static Group group(String line) {
        String[] fields = line.split(":", -1);
        if (fields.length != FIELDS_OF_A_GROUP || fields[0].isBlank()) {
            throw new UnexpectedOutput("group: " + line);
        }
        List<String> members = new ArrayList<>(Arrays.asList(fields[3].strip().split(",")));
        members.removeIf(String::isBlank);
        return new Group(fields[0], number(fields[2], line), members);
    }

    private static long number(String text, String line) {
        if (!NUMBER.matcher(text).matches()) {
            throw new UnexpectedOutput("passwd or group: " + line);
        }
        return Long.parseLong(text);
    }

    /** An account; what people call it is left out, because it may say where they live. */
    record User(String name, long uid, long gid, String home, String shell) {
        boolean system() {
            return uid < FIRST_OF_PEOPLE || uid == NOBODY;
        }
    }

    /** A group with those whom it is not the first group of. */
    record Group(String name, long gid, List<String> members) {
        Group {
            members = List.copyOf(members);
        }
    }
}
