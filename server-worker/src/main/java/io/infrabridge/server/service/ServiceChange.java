package io.infrabridge.server.service;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.server.ServerManage;
import java.time.Duration;

/** What is the same of all changes to one service. */
final class ServiceChange {
    private ServiceChange() {}

    static <I extends Record> OperationSpec<I, ServiceStatus> of(String action, String summary, Class<I> input) {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        summary,
                        input,
                        ServiceStatus.class,
                        Selector.of("operation", "service"),
                        Selector.of("action", action))
                .risking(Risk.CHANGE)
                .within(Duration.ofSeconds(180))
                .running("systemctl", "grep");
    }
}
