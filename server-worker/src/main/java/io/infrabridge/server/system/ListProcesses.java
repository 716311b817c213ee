package io.infrabridge.server.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.value.Between;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Lists the processes that use most of a server; see ps(1). */
@Singleton
final class ListProcesses implements HostOperation<ListProcesses.Input, ListProcesses.Processes> {
    private static final int MOST = 100;
    private static final int USUAL = 10;

    @Override
    public OperationSpec<Input, Processes> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "The processes that use most of the processors or of the memory, without their arguments",
                        Input.class,
                        Processes.class,
                        Selector.of("operation", "system"),
                        Selector.of("action", "processes"))
                .running("ps");
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return Plan.of(Run.of(
                "List the processes",
                "ps",
                "-e",
                "-o",
                "pid=",
                "-o",
                "ppid=",
                "-o",
                "user:32=",
                "-o",
                "state=",
                "-o",
                "pcpu=",
                "-o",
                "pmem=",
                "-o",
                "rss=",
                "-o",
                "etimes=",
                "-o",
                "comm=",
                in.sortBy().orElse(Order.CPU).option()));
    }

    @Override
    public Processes parse(Input in, Outputs out) {
        List<RunningProcess> all = RunningProcess.parse(out.before().get(0));
        List<RunningProcess> first =
                all.stream().limit(in.limit().orElse(USUAL)).toList();
        return new Processes(first, all.size());
    }

    /** What they are in order of. */
    enum Order {
        @JsonProperty("cpu")
        CPU("--sort=-pcpu,pid"),
        @JsonProperty("memory")
        MEMORY("--sort=-rss,pid");

        private final String option;

        Order(String option) {
            this.option = option;
        }

        String option() {
            return option;
        }
    }

    /**
     * The arguments.
     *
     * @param limit how many, 10 where absent
     */
    record Input(
            Optional<Order> sortBy,
            @Between(least = 1, most = MOST) Optional<Integer> limit) {
        Input {
            if (limit.filter(number -> number < 1 || number > MOST).isPresent()) {
                throw new InvalidValue("limit: expected 1 to " + MOST);
            }
        }
    }

    /**
     * Those that use most, the greediest first.
     *
     * @param total how many there are in all
     */
    record Processes(List<RunningProcess> processes, int total) {
        Processes {
            processes = List.copyOf(processes);
        }
    }
}
