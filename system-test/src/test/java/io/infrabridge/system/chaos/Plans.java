package io.infrabridge.system.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What each client is to ask for, all of it decided by the seed. */
final class Plans {
    private static final List<Undertaking.Kind> OFTEN = List.of(
            Undertaking.Kind.STATUS,
            Undertaking.Kind.STATUS,
            Undertaking.Kind.STATUS,
            Undertaking.Kind.MOUNTS,
            Undertaking.Kind.START,
            Undertaking.Kind.START,
            Undertaking.Kind.STOP,
            Undertaking.Kind.STOP,
            Undertaking.Kind.RESTART,
            Undertaking.Kind.RESTART,
            Undertaking.Kind.RESTART,
            Undertaking.Kind.MOUNT,
            Undertaking.Kind.MOUNT,
            Undertaking.Kind.FAILING_MOUNT,
            Undertaking.Kind.UNMOUNT);

    private final Random random;
    private final List<SimulatedHost> hosts;
    private int next;

    Plans(Random random, List<SimulatedHost> hosts) {
        this.random = random;
        this.hosts = hosts;
    }

    List<Undertaking> some(int count, boolean readsOnly) {
        List<Undertaking> plan = new ArrayList<>();
        while (plan.size() < count) {
            Undertaking.Kind kind = OFTEN.get(random.nextInt(OFTEN.size()));
            SimulatedHost host = hosts.get(random.nextInt(hosts.size()));
            if (kind.read() || !readsOnly) {
                plan.add(new Undertaking(++next, kind, host));
            }
        }
        return List.copyOf(plan);
    }
}
