package io.infrabridge.runtime.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The commands that are queued or running here, so that a cancel finds them and a duplicate is noticed. */
final class Tasks {
    private final Map<String, Task> tasks = new HashMap<>();

    /** False if the operation is here already; what is left of it from an ownership that has ended does not count. */
    synchronized boolean begin(Task task) {
        Task present = tasks.get(task.key());
        if (present != null && present.fence().held()) {
            return false;
        }
        tasks.put(task.key(), task);
        return true;
    }

    synchronized void end(Task task) {
        tasks.remove(task.key(), task);
    }

    synchronized Optional<Task> find(String issuer, String id) {
        return Optional.ofNullable(tasks.get(LedgerEntry.key(issuer, id)));
    }

    synchronized int size() {
        return tasks.size();
    }

    synchronized boolean none() {
        return tasks.isEmpty();
    }
}
