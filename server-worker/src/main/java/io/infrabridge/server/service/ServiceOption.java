package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.value.AttributePath;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.server.nixos.Rebuild;
import java.time.Duration;
import java.util.Optional;

/** Whether NixOS has an option {@code services.NAME.enable}, of which it makes a unit. */
final class ServiceOption {
    static final String PROGRAM = "nix-instantiate";

    private ServiceOption() {}

    /** Asked of the options alone, without a look at what the configuration makes of them; nothing for what cannot be one. */
    static Optional<Run> ask(String service) {
        return attribute(service)
                .map(name -> Run.of(
                                "Ask nix whether NixOS has such a service",
                                PROGRAM,
                                "--eval",
                                "--strict",
                                "--json",
                                "-I",
                                Rebuild.CONFIGURATION,
                                "-A",
                                "options.services." + name + ".enable._type",
                                "<nixpkgs/nixos>")
                        .within(Duration.ofMinutes(2))
                        .accepting(0, 1));
    }

    static boolean there(Output asked) {
        return asked.succeeded() && asked.text().contains("option");
    }

    private static Optional<AttributePath> attribute(String name) {
        try {
            return Optional.of(new AttributePath(name)).filter(path -> !name.contains("."));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }
}
