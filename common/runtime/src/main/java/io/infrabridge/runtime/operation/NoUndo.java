package io.infrabridge.runtime.operation;

import java.util.List;

/** The undo of what changes nothing or cannot be taken back. */
enum NoUndo implements Undo {
    INSTANCE;

    @Override
    public boolean possible() {
        return false;
    }

    @Override
    public List<Step> foreseen(Probed before) {
        return List.of();
    }

    @Override
    public List<Step> after(Probed before, Probed now) {
        return List.of();
    }
}
