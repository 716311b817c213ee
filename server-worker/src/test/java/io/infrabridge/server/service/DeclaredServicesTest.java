package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeclaredServicesTest {
    @Test
    void leavesMaskingToTheConfigurationOfNixos() {
        Map<String, HostOperation<?, ServiceStatus>> atBoot = Map.of(
                "mask", new MaskService(),
                "unmask", new UnmaskService());
        atBoot.forEach((action, operation) -> {
            var refusal = new Rehearsal<>(
                            operation, Rehearsal.host(Distro.NIXOS), EnableServiceTest.arguments(action, ""))
                    .refusedProbe();
            assertThat(refusal.category()).isEqualTo(Category.UNSUPPORTED_TARGET);
            assertThat(refusal.hint()).contains("app1");
        });
    }
}
