package io.infrabridge.verifier;

import io.infrabridge.contract.AuditCheckpoint;
import java.util.Optional;

/** One chain while it is being read. */
final class ChainState {
    private final long from;
    private final boolean anchored;
    private ChainRecord last;
    private Optional<Long> checkpoint = Optional.empty();
    private Optional<Long> sealed = Optional.empty();

    ChainState(ChainRecord first, boolean anchored) {
        this.from = first.sequence();
        this.anchored = anchored;
        this.last = first;
    }

    ChainRecord last() {
        return last;
    }

    void advance(ChainRecord next) {
        last = next;
    }

    void seal(long number, AuditCheckpoint.Head head) {
        checkpoint = Optional.of(number);
        sealed = Optional.of(head.sequence());
    }

    Verdict.CheckedChain summary() {
        return new Verdict.CheckedChain(last.chain(), from, last.sequence(), last.hash(), anchored, checkpoint, sealed);
    }
}
