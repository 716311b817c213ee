package io.infrabridge.runtime.worker;

import io.infrabridge.runtime.execution.Running;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which partitions this worker owns; what was started under an ownership that has ended is fenced. */
final class Ownership {
    private final Map<Integer, Term> terms = new HashMap<>();

    synchronized void gained(Collection<Integer> partitions) {
        partitions.forEach(partition -> terms.put(partition, new Term()));
    }

    synchronized void ended(Collection<Integer> partitions) {
        partitions.forEach(partition -> {
            Term term = terms.remove(partition);
            if (term != null) {
                term.held = false;
            }
        });
    }

    synchronized Running.Fence fence(int partition) {
        Term term = terms.get(partition);
        return term == null ? () -> false : term;
    }

    private static final class Term implements Running.Fence {
        private volatile boolean held = true;

        @Override
        public boolean held() {
            return held;
        }
    }
}
