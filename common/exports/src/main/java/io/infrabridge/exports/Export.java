package io.infrabridge.exports;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One exported directory.
 *
 * @param security the flavours that some client may use: sys, krb5, krb5i, krb5p
 * @param active whether the server exports it now
 * @param configured whether it is in /etc/exports or a file beside it, so that it comes back after a restart
 */
public record Export(
        String path, List<ExportClient> clients, List<String> security, boolean active, boolean configured) {
    private static final String SECURITY = "sec=";

    public Export {
        clients = List.copyOf(clients);
        security = List.copyOf(security);
    }

    static Export of(String path, List<ExportClient> clients, boolean active, boolean configured) {
        List<String> flavours = clients.stream()
                .flatMap(client -> flavours(client.options()))
                .distinct()
                .toList();
        return new Export(path, clients, flavours, active, configured);
    }

    /** Whether it is this directory or lies in it. */
    public boolean under(String directory) {
        return path.equals(directory) || path.startsWith(directory.endsWith("/") ? directory : directory + "/");
    }

    private static Stream<String> flavours(List<String> options) {
        List<String> given = options.stream()
                .filter(option -> option.startsWith(SECURITY))
                .flatMap(option ->
                        Arrays.stream(option.substring(SECURITY.length()).split(":")))
                .toList();
        return given.isEmpty() ? Stream.of("sys") : given.stream();
    }
}
