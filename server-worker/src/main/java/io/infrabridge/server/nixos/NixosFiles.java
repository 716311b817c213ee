package io.infrabridge.server.nixos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files on a NixOS host that matter to what is declared on it. */
final class NixosFiles {
    static final String DATA = "/etc/nixos/infrabridge.json";
    static final String NEW_DATA = DATA + ".new";
    static final String MODULE = "/etc/nixos/infrabridge.nix";
    static final String CONFIGURATION = "/etc/nixos/configuration.nix";
    /** What the running system was built from, as the module leaves it there. */
    static final String ACTIVE = "/run/current-system/etc/infrabridge/active.json";
    /** A link to the system that runs. */
    static final String RUNNING = "/run/current-system";

    static final String PROFILES = "/nix/var/nix/profiles";

    /** The module that people put there: whoever may write it may do anything, so the worker may not. */
    static final String MODULE_TEXT = module();

    private NixosFiles() {}

    private static String module() {
        try (InputStream file = NixosFiles.class.getResourceAsStream("infrabridge.nix")) {
            if (file == null) {
                throw new IllegalStateException("the module is not beside its class");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
