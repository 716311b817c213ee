package io.infrabridge.server.system;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.value.GroupName;
import io.infrabridge.runtime.value.UserName;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates an account that has a home directory and no password, so that only SSH keys open it; see useradd(8). One that is there
 * already is left as it is: where it is not as asked, the plan is refused and says in what it differs.
 */
@Singleton
final class CreateUser implements HostOperation<NewUser, UserAccount> {
    private static final String WHY = "accounts belong to the whole host";

    @Override
    public OperationSpec<NewUser, UserAccount> spec() {
        String useradd = "useradd --create-home --home-dir /home/<user> --user-group --password * --shell <path>";
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Create an account without a password, with SSH keys and groups",
                        NewUser.class,
                        UserAccount.class,
                        Selector.of("operation", "system"),
                        Selector.of("action", "create_user"))
                .risking(Risk.CHANGE)
                .running("getent", "id", "cat", "stat", "useradd", "userdel", "install")
                .runningAsRoot(
                        "cat -- /home/<keys>",
                        useradd + " -- <user>",
                        useradd + " --uid <number> -- <user>",
                        useradd + " --groups <groups> -- <user>",
                        useradd + " --uid <number> --groups <groups> -- <user>",
                        "install -d -m 0700 -o <user> -g <user> -- /home/<keys>",
                        "install -m 0600 -o <user> -g <user> -T -- /dev/stdin /home/<keys>",
                        "userdel --remove -- <user>");
    }

    @Override
    public Plan probe(NewUser in, HostFacts host) {
        UserName name = in.userName();
        List<Step> looks = new ArrayList<>(List.of(
                Run.of(
                                "Look for the account and its number",
                                getent("passwd", name, in.uid().stream().map(Object::toString)))
                        .accepting(0, 2),
                Run.of(
                                "Look for the groups",
                                getent(
                                        "group",
                                        name,
                                        in.groups().stream()
                                                .flatMap(List::stream)
                                                .map(GroupName::value)))
                        .accepting(0, 2),
                Run.of("List the groups of the account", "id", "-Gn", "--", name.value())
                        .accepting(0, 1),
                Run.of("List the shells", "cat", "/etc/shells").accepting(0, 1),
                Run.of("Look for the home directory", "stat", "--", in.home()).accepting(0, 1)));
        if (in.sshKeys().isPresent()) {
            looks.add(Run.of("Read the SSH keys of the account", "cat", "--", in.keyFile())
                    .accepting(0, 1)
                    .asRoot("the keys of an account are its own"));
        }
        return Plan.of(looks);
    }

    @Override
    public Plan plan(NewUser in, HostFacts host, Probed before) {
        Wanted wanted = new Wanted(in, before);
        return wanted.refusal().orElseGet(() -> wanted.there() ? Plan.nothing() : Plan.of(steps(in, wanted)));
    }

    @Override
    public UserAccount parse(NewUser in, Outputs out) {
        Wanted now = new Wanted(in, out.after());
        return UserAccount.of(now.user().orElseThrow(), now.groups());
    }

    private static List<Step> steps(NewUser in, Wanted wanted) {
        String name = in.userName().value();
        List<String> argv = new ArrayList<>(List.of("useradd", "--create-home", "--home-dir", in.home()));
        // an asterisk is no password's hash, and unlike an exclamation mark no lock: sshd(8) lets keys in
        argv.addAll(List.of("--user-group", "--password", "*", "--shell", wanted.shell()));
        in.uid().ifPresent(uid -> argv.addAll(List.of("--uid", uid.toString())));
        in.groups()
                .filter(groups -> !groups.isEmpty())
                .ifPresent(groups -> argv.addAll(List.of(
                        "--groups", groups.stream().map(GroupName::value).collect(Collectors.joining(",")))));
        argv.addAll(List.of("--", name));
        List<Step> steps = new ArrayList<>();
        steps.add(Run.of("Create the account " + name, argv).asRoot(WHY).undoneBy(removal(in)));
        in.sshKeys().filter(keys -> !keys.isEmpty()).ifPresent(keys -> {
            // both go with the home directory when the account is removed again
            steps.add(Run.of(
                            "Make the directory of its SSH keys",
                            "install",
                            "-d",
                            "-m",
                            "0700",
                            "-o",
                            name,
                            "-g",
                            name,
                            "--",
                            in.home() + "/.ssh")
                    .asRoot(WHY));
            steps.add(Run.of(
                            "Write its SSH keys",
                            "install",
                            "-m",
                            "0600",
                            "-o",
                            name,
                            "-g",
                            name,
                            "-T",
                            "--",
                            "/dev/stdin",
                            in.keyFile())
                    .reading(keys.stream().map(key -> key.value() + "\n").collect(Collectors.joining()))
                    .asRoot(WHY));
        });
        return steps;
    }

    /** With its home directory, which was not there before. */
    private static Undo removal(NewUser in) {
        String name = in.userName().value();
        List<Step> removal = List.of(Run.of("Remove the account " + name, "userdel", "--remove", "--", name)
                .asRoot(WHY));
        return Undo.difference(
                before -> removal,
                (before, now) -> Accounts.user(now.get(0), name).isPresent() ? removal : List.of());
    }

    private static List<String> getent(String database, UserName name, Stream<String> more) {
        return Stream.concat(Stream.of("getent", database, "--", name.value()), more)
                .toList();
    }
}
