package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Reservation.Charge;
import io.infrabridge.runtime.allowance.TargetBuckets;
import io.infrabridge.runtime.allowance.Verdict;
import io.infrabridge.trust.policy.Allowance;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Counts an operation wherever the policy counts it: for its target here, for everything else with all other workers. */
final class Allowances {
    private final String domain;
    private final TargetBuckets targets;
    private final SharedAllowances shared;

    Allowances(String domain, TargetBuckets targets, SharedAllowances shared) {
        this.domain = domain;
        this.targets = targets;
        this.shared = shared;
    }

    /** Whether there was room in all that the task draws on; where there was none in one, nothing is taken from any. */
    Uni<Verdict> draw(Task task) {
        List<Allowance> allowances = task.standing().allowances();
        if (allowances.isEmpty()) {
            return Uni.createFrom().item(Verdict.ROOM);
        }
        String target = task.command().target();
        List<Allowance.PerTarget> own = allowances.stream()
                .flatMap(one -> one instanceof Allowance.PerTarget limit ? Stream.of(limit) : Stream.empty())
                .toList();
        List<Charge> charges =
                allowances.stream().flatMap(one -> charge(one).stream()).toList();
        Verdict here = targets.take(target, own);
        if (here.exhausted().isPresent() || charges.isEmpty()) {
            return Uni.createFrom().item(here);
        }
        return shared.reserve(task.key(), charges).invoke(everywhere -> {
            if (everywhere.exhausted().isPresent()) {
                targets.giveBack(target, own);
            }
        });
    }

    private Optional<Charge> charge(Allowance allowance) {
        if (allowance instanceof Allowance.PerDomain limit) {
            return Optional.of(new Charge(
                    limit.rule(),
                    limit.rule() + "/" + domain,
                    limit.operations(),
                    limit.period().toString()));
        }
        return allowance instanceof Allowance.PerDay quota
                ? Optional.of(new Charge(
                        quota.rule(),
                        quota.rule() + "/" + quota.subject(),
                        quota.operations(),
                        quota.zone().getId()))
                : Optional.empty();
    }
}
