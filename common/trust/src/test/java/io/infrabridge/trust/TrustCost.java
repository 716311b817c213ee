package io.infrabridge.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Risk;
import io.infrabridge.trust.policy.Access;
import io.infrabridge.trust.policy.Policy;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustStore;
import io.infrabridge.trust.signature.TrustedKey;
import io.infrabridge.trust.signature.Verification;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What trust adds to an operation: signing and verifying command and result, and two decisions. Run by hand. */
class TrustCost {
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 20_000;
    private static final String TOPIC = "infra.commands.nfs";

    private final SigningKey key = SigningKey.generate("gateway");
    private final TrustStore trust =
            new TrustStore(List.of(TrustedKey.issuer(key, "gateway", List.of("operator"))), Clock.systemUTC());
    private final Policy policy = Policy.parse(rules());

    @Test
    void addsLessThanAMillisecondToAnOperation() {
        byte[] value = new byte[1000];
        Arrays.fill(value, (byte) 'x');
        long[] nanos = new long[MEASURED];
        for (int i = -WARM_UP; i < MEASURED; i++) {
            long start = System.nanoTime();
            boolean allowed = true;
            for (int message = 0; message < 2; message++) {
                String signature = key.sign(TOPIC, value);
                allowed &= trust.verify(TOPIC, value, "gateway", signature) instanceof Verification.Signed;
                allowed &= policy.evaluate(access(i), false).decision().allowed();
            }
            if (i >= 0) {
                nanos[i] = System.nanoTime() - start;
            }
            assertThat(allowed).isTrue();
        }
        Arrays.sort(nanos);
        System.out.printf(
                "trust per operation: p50 %.3f ms, p99 %.3f ms%n",
                nanos[MEASURED / 2] / 1e6, nanos[MEASURED * 99 / 100] / 1e6);

        assertThat(nanos[MEASURED / 2]).isLessThan(1_000_000);
    }

    private static Access access(int number) {
        return new Access(
                "key:alice",
                Set.of("operator"),
                "nfs_mount",
                "mount",
                Risk.CHANGE,
                "web" + Math.floorMod(number, 100),
                Map.of("stage", "prod", "rack", "a7"),
                Instant.now());
    }

    /** As many rules as a large installation may have. */
    private static String rules() {
        return "roles:\n  - {name: operator, risks: [READ, CHANGE]}\n"
                + each("  - {name: team%d, risks: [READ, CHANGE], targets: [\"team%1$d-*\"]}\n")
                + "deny:\n" + each("  - {name: d%d, targets: [\"db%1$d*\"], labels: {stage: prod}}\n")
                + "freezes:\n"
                + each("  - {name: f%d, from: 2020-01-01T00:00:00Z, to: 2020-02-01T00:00:00Z, targets: [\"web*\"]}\n")
                + "windows:\n"
                + each("  - {name: w%d, targets: [\"db%1$d*\"], from: \"22:00\", to: \"04:00\", zone: Europe/Berlin}\n")
                + "approvals:\n" + each("  - {name: a%d, targets: [\"db%1$d*\"], roles: [operator]}\n");
    }

    private static String each(String rule) {
        return IntStream.range(0, 20).mapToObj(rule::formatted).collect(Collectors.joining());
    }
}
