package io.infrabridge.server.system;

import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Lists the accounts of a server; see getent(1), passwd(5). */
@Singleton
final class ListUsers implements HostOperation<ListUsers.Input, ListUsers.Users> {
    private static final int MOST = 1000;

    @Override
    public OperationSpec<Input, Users> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "The accounts of a server with their groups; those of the system too on request",
                        Input.class,
                        Users.class,
                        Selector.of("operation", "system"),
                        Selector.of("action", "list_users"))
                .running("getent");
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return Plan.of(Run.of("List the accounts", "getent", "passwd"), Run.of("List the groups", "getent", "group"));
    }

    @Override
    public Users parse(Input in, Outputs out) {
        Map<Long, String> names = new HashMap<>();
        Map<String, Collection<String>> memberships = new HashMap<>();
        for (Accounts.Group group : Accounts.groups(out.before().get(1))) {
            names.putIfAbsent(group.gid(), group.name());
            group.members()
                    .forEach(member -> memberships
                            .computeIfAbsent(member, name -> new TreeSet<>())
                            .add(group.name()));
        }
        List<UserAccount> all = Accounts.users(out.before().get(0)).stream()
                .filter(user -> in.includeSystem().orElse(false) || !user.system())
                .map(user -> {
                    List<String> groups = new ArrayList<>();
                    Optional.ofNullable(names.get(user.gid())).ifPresent(groups::add);
                    memberships.getOrDefault(user.name(), List.of()).stream()
                            .filter(name -> !groups.contains(name))
                            .forEach(groups::add);
                    return UserAccount.of(user, groups);
                })
                .toList();
        return new Users(
                all.stream().limit(MOST).toList(),
                all.size(),
                all.size() > MOST || out.before().get(0).truncated());
    }

    /**
     * The arguments.
     *
     * @param includeSystem whether accounts below the number 1000 are listed too
     */
    record Input(Optional<Boolean> includeSystem) {}

    /**
     * Accounts in the host's own order.
     *
     * @param total how many there are; only the first thousand are listed
     */
    record Users(List<UserAccount> users, int total, boolean truncated) {
        Users {
            users = List.copyOf(users);
        }
    }
}
