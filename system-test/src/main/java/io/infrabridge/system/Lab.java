package io.infrabridge.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real hosts of {@code deploy/lab}, and the plain ssh client as a second opinion on them. */
public final class Lab {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Lab() {}

    static Path state() {
        return Path.of(System.getProperty("infrabridge.lab", "/run/infrabridge-lab"));
    }

    public static boolean up() {
        return Files.isReadable(inventoryFile());
    }

    public static Path inventoryFile() {
        return state().resolve("inventory.yaml");
    }

    /** The hosts that exist for the system: the lab's when it is up, none otherwise. */
    static String inventory() {
        try {
            return up() ? named(Files.readString(inventoryFile())) : "hosts: []\nclusters: []\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two hosts are also called what examples call them; they are reached by the address that stands first. */
    private static String named(String inventory) {
        return inventory
                .replace("[nixos1.lab,", "[nixos1.lab, nixos-server.example.com,")
                .replace("[app1.lab,", "[app1.lab, ubuntu-server.example.com,");
    }

    /** Whether this host is among those of the lab that is up. */
    static boolean has(String host) {
        try {
            return up() && Files.readString(inventoryFile()).contains("name: " + host + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one program on a host, with sudo by the account that keeps the lab; the words must not need quoting. */
    public static Shell.Answer on(String host, String... words) {
        return given("", host, words);
    }

    /** The same with something to read for the program. */
    static Shell.Answer given(String input, String host, String... words) {
        List<String> argv = new ArrayList<>(
                List.of("ssh", "-F", state().resolve("ssh_config").toString()));
        if (List.of(words).contains("sudo")) {
            argv.addAll(List.of("-l", "keeper"));
        }
        argv.add(host);
        argv.addAll(List.of(words));
        return Shell.run(LIMIT, Map.of(), argv, input);
    }
}
