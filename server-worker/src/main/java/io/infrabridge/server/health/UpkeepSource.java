package io.infrabridge.server.health;

import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a family of distributions says that a reboot is pending and which updates are for security. Nothing is downloaded. */
sealed interface UpkeepSource permits AptUpkeep, DnfUpkeep, NixosUpkeep, UnknownUpkeep {
    /** Where the host calls itself what it is taken for; it is by its own word that the outputs are read. */
    static UpkeepSource of(HostFacts host) {
        Map<String, String> own = host.osRelease();
        Distro distro = Distro.of(own.getOrDefault("ID", ""), own.getOrDefault("ID_LIKE", ""));
        return distro == host.distro() ? of(distro) : new UnknownUpkeep();
    }

    /** Reads what the looks have shown on the host with this os-release(5). */
    static Upkeep read(Output osRelease, List<Output> outputs) {
        UpkeepSource source = of(Distro.of(variable("ID", osRelease), variable("ID_LIKE", osRelease)));
        return source.looks().size() == outputs.size() ? source.seen(outputs) : new UnknownUpkeep().seen(outputs);
    }

    List<Run> looks();

    /** From the outputs of the looks, in their order. */
    Upkeep seen(List<Output> outputs);

    private static UpkeepSource of(Distro distro) {
        return switch (distro) {
            case UBUNTU -> new AptUpkeep();
            case RHEL -> new DnfUpkeep();
            case NIXOS -> new NixosUpkeep();
            case OTHER -> new UnknownUpkeep();
        };
    }

    private static String variable(String name, Output osRelease) {
        Matcher line = Pattern.compile("(?m)^" + name + "=[\"']?([^\"'\\n]{0,200})[\"']?$")
                .matcher(osRelease.text());
        return line.find() ? line.group(1) : "";
    }
}
