package io.infrabridge.audit;

import io.infrabridge.contract.Topics;
import io.infrabridge.testkit.net.SeparateBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A broker that the test can freeze and kill, in place of the shared one. */
public final class SeparateBrokerResource implements QuarkusTestResourceLifecycleManager {
    private static SeparateBroker broker;

    static SeparateBroker broker() {
        return broker;
    }

    /** After the servers that every test has, whose broker it replaces. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        broker = SeparateBroker.start(Topics.all(Topics.SHIPPED_DOMAINS));
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
    }

    @Override
    public void stop() {
        broker.close();
    }
}
