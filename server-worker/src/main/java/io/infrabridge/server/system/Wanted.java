package io.infrabridge.server.system;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.GroupName;
import io.infrabridge.runtime.value.SshPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An account that is asked for, beside what is there. */
record Wanted(NewUser asked, Probed seen) {
    /** Who is in one of these is root, or can become it. */
    private static final Set<String> OF_ROOT = Set.of(
            "root",
            "wheel",
            "sudo",
            "admin",
            "docker",
            "lxd",
            "libvirt",
            "incus-admin",
            "disk",
            "shadow",
            "kmem",
            "podman");

    private static final List<String> USUAL_SHELLS = List.of("/bin/bash", "/run/current-system/sw/bin/bash", "/bin/sh");

    boolean there() {
        return user().isPresent();
    }

    Optional<Accounts.User> user() {
        return Accounts.user(seen.get(0), asked.userName().value());
    }

    /** Of the account that is there, its own one first. */
    List<String> groups() {
        return seen.get(2).succeeded()
                ? Stream.of(seen.get(2).text().strip().split("\\s+"))
                        .filter(name -> !name.isEmpty())
                        .toList()
                : List.of();
    }

    /** For one that is to be made. */
    String shell() {
        return asked.shell()
                .map(AbsolutePath::value)
                .orElseGet(() -> USUAL_SHELLS.stream()
                        .filter(shells()::contains)
                        .findFirst()
                        .orElse("/bin/sh"));
    }

    /** Why it must not be made, or not be taken for what is asked. */
    Optional<Plan> refusal() {
        Optional<Plan> powers = asked.groups().stream()
                .flatMap(List::stream)
                .map(GroupName::value)
                .filter(OF_ROOT::contains)
                .findFirst()
                .map(group -> Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "Whoever is in the group " + group + " can become root; no account gets that from here.",
                        "Leave it out; an administrator of the host may add it by hand."));
        return powers.or(() -> user().map(this::differing).orElseGet(this::impossible));
    }

    private Optional<Plan> differing(Accounts.User user) {
        List<String> differences = new ArrayList<>();
        if (user.system()) {
            differences.add("it is an account of the system");
        }
        asked.uid().filter(uid -> uid != user.uid()).ifPresent(uid -> differences.add("its uid is " + user.uid()));
        asked.shell()
                .filter(shell -> !shell.value().equals(user.shell()))
                .ifPresent(shell -> differences.add("its shell is " + user.shell()));
        if (!user.home().equals(asked.home())) {
            differences.add("its home is " + user.home());
        }
        asked.groups().ifPresent(groups -> {
            Set<String> has = new TreeSet<>(groups());
            has.remove(user.name());
            Set<String> wants = groups.stream().map(GroupName::value).collect(Collectors.toCollection(TreeSet::new));
            wants.remove(user.name());
            if (!has.equals(wants)) {
                differences.add("its groups are " + (has.isEmpty() ? "none" : String.join(", ", has)));
            }
        });
        asked.sshKeys()
                .filter(keys -> !keys(keys).equals(has(seen.get(5))))
                .ifPresent(keys -> differences.add(
                        "its SSH keys are others, " + has(seen.get(5)).size() + " of them"));
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.CONFLICT,
                        "There is a user " + user.name() + " already, but " + String.join("; ", differences) + ".",
                        "Choose another user_name, or leave out what may be otherwise; an account is never altered."));
    }

    private Optional<Plan> impossible() {
        List<Accounts.Group> groups = Accounts.groups(seen.get(1));
        List<String> names = groups.stream().map(Accounts.Group::name).toList();
        List<String> missing = asked.groups().stream()
                .flatMap(List::stream)
                .map(GroupName::value)
                .filter(name -> !names.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            return refuse(
                    Category.NOT_FOUND,
                    "There is no group " + String.join(", ", missing) + " on the host.",
                    "Install what brings it, or leave it out of groups.");
        }
        if (names.contains(asked.userName().value())) {
            return refuse(
                    Category.CONFLICT,
                    "There is a group " + asked.userName() + " already, and the account's own would have that name.",
                    "Choose another user_name.");
        }
        Optional<Accounts.User> holder = asked.uid()
                .flatMap(uid -> Accounts.users(seen.get(0)).stream()
                        .filter(user -> user.uid() == uid)
                        .findFirst());
        if (holder.isPresent()) {
            return refuse(
                    Category.CONFLICT,
                    "The uid " + holder.get().uid() + " is that of "
                            + holder.get().name() + ".",
                    "Choose another uid, or leave it to the host.");
        }
        if (asked.shell().filter(shell -> !shells().contains(shell.value())).isPresent()) {
            return refuse(
                    Category.PRECONDITION_FAILED,
                    asked.shell().get() + " is not one of the host's shells: " + String.join(", ", shells()) + ".",
                    "Choose one of these, or leave shell out.");
        }
        if (seen.get(4).succeeded()) {
            return refuse(
                    Category.CONFLICT,
                    "There is " + asked.home() + " already, with files of somebody else.",
                    "Move it away on the host, or choose another user_name.");
        }
        return Optional.empty();
    }

    private List<String> shells() {
        return seen.get(3).lines().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("/"))
                .toList();
    }

    private static Set<String> keys(List<SshPublicKey> keys) {
        return keys.stream().map(SshPublicKey::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of a file; one with options is another one than the same without. */
    private static Set<String> has(Output file) {
        return file.lines().stream()
                .map(String::strip)
                .filter(line -> !line.startsWith("#"))
                .map(line -> {
                    String[] words = line.split("\\s+");
                    return words.length > 1 && words[1].startsWith("AAAA") ? words[0] + " " + words[1] : line;
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Plan> refuse(Category category, String message, String hint) {
        return Optional.of(Plan.refuse(category, message, hint));
    }
}
