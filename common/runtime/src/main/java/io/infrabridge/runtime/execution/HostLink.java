package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Execution;
import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** A way to run programs on one host: local processes, or channels of a pooled SSH session. */
public interface HostLink {
    Execution.Mode mode();

    /** The name of the SSH session that is used, for the record. */
    Optional<String> connectionId();

    /** As {@link Target#execute}; {@code root} says that the account is root already, so that sudo is not needed. */
    Uni<Output> run(Run step, boolean root, Cancellation cancellation);

    /** The content of these files; where the link offers nothing better, by the program that reads files. */
    default Uni<Output> read(ReadProc step, Cancellation cancellation) {
        return run(step.asRun(), true, cancellation);
    }

    /** Runs it on a connection that is made for it; on this machine there is none to prove. Fails where none can be made. */
    default Uni<Output> confirm(Confirm step) {
        return Uni.createFrom().item(Output.of(""));
    }
}
