package io.infrabridge.exports;

import java.util.List;

/** Who may mount an export, and how: a host, network, netgroup, or {@code *} for everyone. */
public record ExportClient(String client, List<String> options) {
    public ExportClient {
        options = List.copyOf(options);
    }
}
