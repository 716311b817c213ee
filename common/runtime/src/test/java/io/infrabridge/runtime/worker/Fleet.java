package io.infrabridge.runtime.worker;

import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.runtime.execution.AddNames;
import io.infrabridge.runtime.execution.AllowedPrograms;
import io.infrabridge.runtime.execution.ExecutionSettings;
import io.infrabridge.runtime.execution.HostFactsReader;
import io.infrabridge.runtime.execution.HostTargets;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.runtime.execution.local.LocalLink;
import io.infrabridge.runtime.execution.local.LocalSettings;
import io.infrabridge.runtime.execution.ssh.SharedClient;
import io.infrabridge.runtime.execution.ssh.SshLinks;
import io.infrabridge.runtime.execution.ssh.SshSessions;
import io.infrabridge.runtime.execution.ssh.SshSettings;
import io.infrabridge.runtime.execution.ssh.SshTrace;
import io.infrabridge.runtime.execution.ssh.Witnesses;
import io.infrabridge.testkit.ssh.SeparateSshServer;
import io.infrabridge.testkit.ssh.TestSshServer;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Hosts t0 to tN that a worker reaches by SSH; t0 is a process of its own, so that it can be frozen. */
final class Fleet implements AutoCloseable {
    static final String FREEZABLE = "t0";

    private final SeparateSshServer freezable;
    private final List<TestSshServer> servers = new ArrayList<>();
    private final SharedClient client;
    private final LocalLink local;
    final Targets targets;

    Fleet(Path folder, int count, Map<String, String> ssh) throws IOException {
        String path = programs(folder) + ":" + System.getenv("PATH");
        freezable = SeparateSshServer.start(path);
        List<Host> hosts = new ArrayList<>(List.of(freezable.host(FREEZABLE)));
        for (int number = 1; number < count; number++) {
            TestSshServer server = TestSshServer.start(Map.of("PATH", path));
            servers.add(server);
            hosts.add(server.host("t" + number));
        }
        Inventory inventory = new Inventory(hosts, List.of());
        SshSettings settings = mapped(SshSettings.class, ssh);
        SshTrace trace = new SshTrace(OpenTelemetry.noop().getTracer("test"));
        client = new SharedClient(settings);
        local = new LocalLink(mapped(LocalSettings.class, Map.of()));
        SshSessions sessions = new SshSessions(
                inventory,
                settings,
                client,
                new Witnesses(trace, (seen, context) -> {}, new TargetHealth(new SimpleMeterRegistry())));
        targets = new HostTargets(
                inventory,
                local,
                new SshLinks(sessions, client, settings, trace),
                new HostFactsReader(),
                AllowedPrograms.of(
                        new OperationCatalogue(List.of(new AddNames(true))).allowances(),
                        mapped(ExecutionSettings.class, Map.of())));
    }

    /** All but the one that can be frozen. */
    List<String> others() {
        return IntStream.rangeClosed(1, servers.size())
                .mapToObj(number -> "t" + number)
                .toList();
    }

    void freeze() {
        freezable.freeze();
    }

    void thaw() {
        freezable.thaw();
    }

    @Override
    public void close() throws IOException {
        client.close();
        local.close();
        freezable.close();
        for (TestSshServer server : servers) {
            server.close();
        }
    }

    /** One program that tells the name which reads ask for, so that there is nothing to plan. */
    private static Path programs(Path folder) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path look = Files.writeString(programs.resolve("look"), "#!/bin/sh\necho nginx\n");
        Files.setPosixFilePermissions(look, PosixFilePermissions.fromString("rwxr-xr-x"));
        return programs;
    }

    private static <T> T mapped(Class<T> settings, Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(settings)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(settings);
    }
}
