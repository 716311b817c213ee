package io.infrabridge.server.system;

import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.GroupName;
import io.infrabridge.runtime.value.MachineName;
import io.infrabridge.runtime.value.SshPublicKey;
import io.infrabridge.runtime.value.TimeZoneName;
import io.infrabridge.runtime.value.UserName;
import io.infrabridge.server.OperationPart;
import io.infrabridge.server.Part;
import io.infrabridge.server.nixos.DeclaredPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A host's name, its time zone and its accounts as parts of a server. */
public final class SystemParts {
    private SystemParts() {}

    public static Part named(MachineName name) {
        SetHostname operation = new SetHostname();
        SetHostname.Input in = new SetHostname.Input(name);
        return new OperationPart<>(
                operation,
                in,
                (host, out) -> List.of(new Part.Deviation(
                        "hostname", operation.parse(in, host, out).hostname(), name.value())));
    }

    public static Part located(TimeZoneName zone) {
        SetTimezone operation = new SetTimezone();
        SetTimezone.Input in = new SetTimezone.Input(zone);
        return new OperationPart<>(
                operation,
                in,
                (host, out) -> List.of(new Part.Deviation(
                        "timezone", operation.parse(in, host, out).timezone(), zone.value())));
    }

    /** A name of NixOS. */
    public static DeclaredPart declaredName(MachineName name) {
        DeclaredSettings settings = new DeclaredSettings(new SystemdSettings());
        return new DeclaredPart(
                settings.lookAtName(),
                seen -> Plan.nothing(),
                seen -> settings.naming(name, seen),
                seen -> List.of(new Part.Deviation("hostname", settings.name(seen), name.value())));
    }

    /** A time zone of NixOS. */
    public static DeclaredPart declaredZone(TimeZoneName zone) {
        DeclaredSettings settings = new DeclaredSettings(new SystemdSettings());
        return new DeclaredPart(
                settings.lookAtZone(),
                seen -> Plan.nothing(),
                seen -> settings.locating(zone, seen),
                seen -> List.of(new Part.Deviation("timezone", settings.zone(seen), zone.value())));
    }

    /** An account that is there as described; one that differs is never altered. */
    public static Part account(
            UserName name,
            Optional<List<GroupName>> groups,
            Optional<AbsolutePath> shell,
            Optional<List<SshPublicKey>> keys) {
        NewUser in = new NewUser(name, Optional.empty(), groups, shell, keys);
        return new OperationPart<>(
                new CreateUser(),
                in,
                (host, out) -> List.of(new Part.Deviation(name.value(), "absent", words(groups, shell, keys))));
    }

    public static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return OperationPart.allowing(
                OperationPart.allowing(OperationPart.allowing(spec, new SetHostname()), new SetTimezone()),
                new CreateUser());
    }

    private static String words(
            Optional<List<GroupName>> groups, Optional<AbsolutePath> shell, Optional<List<SshPublicKey>> keys) {
        List<String> words = new ArrayList<>(List.of("an account"));
        groups.filter(names -> !names.isEmpty())
                .ifPresent(names ->
                        words.add("in " + names.stream().map(GroupName::value).collect(Collectors.joining(", "))));
        shell.ifPresent(path -> words.add("shell " + path));
        keys.ifPresent(all -> words.add(all.size() == 1 ? "1 SSH key" : all.size() + " SSH keys"));
        return String.join(", ", words);
    }
}
