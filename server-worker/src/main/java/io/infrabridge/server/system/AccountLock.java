package io.infrabridge.server.system;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.UserName;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether an account may be used; see shadow(5). A password that is locked keeps nobody out who has an SSH key; an account that
 * has expired keeps everybody out. So both are looked at, and both are done.
 *
 * @param passwordUsable whether one can log in by a password, or without any
 * @param expires the first day on which the account is no longer open; absent where it stays open
 * @param today by the host's own clock
 */
record AccountLock(Optional<Accounts.User> user, boolean passwordUsable, Optional<LocalDate> expires, LocalDate today) {
    /** Day one of the calendar of shadow(5): day zero would be read as "never" by some. */
    static final String LONG_AGO = "1970-01-02";

    static final String[] PROGRAMS = {"getent", "passwd", "chage", "date", "usermod"};

    static final String[] AS_ROOT = {
        "passwd -S <user>",
        "chage -l -- <user>",
        "usermod --lock --expiredate <date> -- <user>",
        "usermod --expiredate <date> -- <user>",
        "usermod --expiredate=-1 -- <user>",
        "usermod --unlock --expiredate <date> -- <user>",
        "usermod --unlock --expiredate=-1 -- <user>"
    };

    private static final String WHY = "accounts belong to the whole host";
    // of Debian: L, NP, P; of RHEL: LK, NP, PS
    private static final Pattern STATUS = Pattern.compile("\\S{1,64} (LK?|NP|PS?) .{0,200}");
    private static final Pattern EXPIRES = Pattern.compile("(?m)^Account expires\\s{0,60}: {0,4}(\\S.{0,40})$");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM dd, uuuu", Locale.ENGLISH);
    private static final String NEVER = "never";

    static Plan look(UserName name) {
        return Plan.of(
                Run.of("Look for the account", "getent", "passwd", "--", name.value())
                        .accepting(0, 2),
                // 1, 3, 252: no such account, which the first look has told
                Run.of("Ask whether its password is locked", "passwd", "-S", name.value())
                        .accepting(0, 1, 3, 252)
                        .asRoot("shadow(5) is root's"),
                Run.of("Ask whether it has expired", "chage", "-l", "--", name.value())
                        .accepting(0, 1)
                        .asRoot("shadow(5) is root's"),
                Run.of("Read the host's clock", "date", "--utc", "+%Y-%m-%dT%H:%M:%S.%NZ"));
    }

    static AccountLock parse(UserName name, Probed seen) {
        Optional<Accounts.User> user = Accounts.user(seen.get(0), name.value());
        LocalDate today = LocalDate.ofInstant(Boot.clock(seen.get(3)), ZoneOffset.UTC);
        return user.isEmpty()
                ? new AccountLock(user, false, Optional.empty(), today)
                : new AccountLock(user, passwordUsable(seen.get(1)), expires(seen.get(2)), today);
    }

    boolean expired() {
        return expires.filter(day -> !day.isAfter(today)).isPresent();
    }

    boolean locked() {
        return expired() && !passwordUsable;
    }

    /** Why nothing may be done with it: one's own account, root, the system's, or none at all. */
    Optional<Plan> refusal(UserName name, HostFacts host) {
        if (user.isEmpty()) {
            return Optional.of(Plan.refuse(
                    Category.NOT_FOUND,
                    "There is no user " + name + " on the host.",
                    "action=list_users lists those that there are."));
        }
        if (name.value().equals(host.user())) {
            return Optional.of(Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    name + " is the account by which this host is operated.",
                    "Lock it at the host's console, if that is meant."));
        }
        if (user.get().system()) {
            return Optional.of(Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    name + " is an account of the system: its uid is "
                            + user.get().uid() + ".",
                    "Only accounts from uid " + Accounts.FIRST_OF_PEOPLE + " on can be locked and unlocked."));
        }
        return Optional.empty();
    }

    /** The password's lock, where it is told, and that the account expires on this day, or never. */
    static Run set(String description, UserName name, Optional<String> lock, Optional<String> day) {
        List<String> argv = new ArrayList<>(List.of("usermod"));
        lock.ifPresent(argv::add);
        argv.addAll(day.map(date -> List.of("--expiredate", date)).orElse(List.of("--expiredate=-1")));
        argv.addAll(List.of("--", name.value()));
        return Run.of(description, argv).asRoot(WHY);
    }

    private static boolean passwordUsable(Output status) {
        Matcher words =
                STATUS.matcher(status.text().lines().findFirst().orElse("").strip());
        if (!words.matches()) {
            throw new UnexpectedOutput("passwd -S: " + status.text() + status.error());
        }
        return !words.group(1).startsWith("L");
    }

    private static Optional<LocalDate> expires(Output chage) {
        Matcher line = EXPIRES.matcher(chage.text());
        if (!line.find()) {
            throw new UnexpectedOutput("chage: " + chage.text() + chage.error());
        }
        String day = line.group(1).strip();
        try {
            return day.equals(NEVER) ? Optional.empty() : Optional.of(LocalDate.parse(day, DAY));
        } catch (DateTimeParseException e) {
            throw new UnexpectedOutput("chage: " + day, e);
        }
    }
}
