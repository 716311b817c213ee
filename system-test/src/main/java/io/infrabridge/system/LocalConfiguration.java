package io.infrabridge.system;

import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustFile;
import io.infrabridge.trust.signature.TrustedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code ./run} is given before it starts: its inventory, its policy, and the keys of those who may call it.
 *
 * @param roleKeys the API key of a caller who has only that role
 * @param issuerKeys by which further services sign
 */
record LocalConfiguration(
        Path folder, ForeignService foreignService, Map<String, String> roleKeys, Map<String, SigningKey> issuerKeys) {
    /** Where the installation of packages waits for a second person. */
    static final String APPROVED_HOST = "app2";

    /**
     * Writes all of it below a folder.
     *
     * @param issuers further services that may publish commands, and the roles that they may assert
     */
    static LocalConfiguration write(Path folder, String inventory, Map<String, List<String>> issuers)
            throws IOException {
        Checkout.requireBuilt();
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("inventory.yaml"), inventory);
        Files.writeString(config.resolve("policy.yaml"), policy());
        Shell.run(Duration.ofMinutes(10), Map.of(), command(folder, "--only-keys"))
                .successful();
        ForeignService foreign = ForeignService.create(folder.resolve("ops-console.key"));
        Map<String, SigningKey> issuerKeys = new HashMap<>();
        List<TrustedKey> trusted = new ArrayList<>(List.of(foreign.trustedKey()));
        issuers.forEach((service, roles) -> {
            SigningKey key = SigningKey.generate(service + "-key");
            issuerKeys.put(service, key);
            trusted.add(TrustedKey.issuer(key, service, roles));
        });
        trust(folder.resolve("data/trust.yaml"), trusted);
        Map<String, String> roleKeys =
                RoleKeys.add(folder.resolve("data/api-keys.yaml"), List.of("reader", "operator"));
        return new LocalConfiguration(folder, foreign, roleKeys, issuerKeys);
    }

    /** The policy that is shipped, and one rule more. */
    private static String policy() throws IOException {
        String shipped = Files.readString(Checkout.root().resolve("config/policy.yaml"));
        return shipped.replaceFirst(
                "(?m)^approvals:$",
                "approvals:\n  - {name: packages, targets: [" + APPROVED_HOST
                        + "], actions: [package.install], roles: [admin], other_person: true}");
    }

    /** {@code ./run} in this folder. */
    List<String> command(String... more) {
        return command(folder, more);
    }

    private static List<String> command(Path folder, String... more) {
        List<String> argv =
                new ArrayList<>(List.of(Checkout.root().resolve("run").toString()));
        argv.addAll(List.of(
                "--data", folder.resolve("data").toString(),
                "--config", folder.resolve("config").toString()));
        argv.addAll(List.of(more));
        return argv;
    }

    private static void trust(Path file, List<TrustedKey> more) throws IOException {
        List<TrustedKey> keys =
                new ArrayList<>(ConfigurationFile.read(file, TrustFile.class).keys());
        keys.addAll(more);
        ConfigurationFile.write(file, new TrustFile(keys));
    }
}
