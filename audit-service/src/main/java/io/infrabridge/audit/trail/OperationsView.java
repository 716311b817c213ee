package io.infrabridge.audit.trail;

import io.infrabridge.contract.EventType;
import io.infrabridge.contract.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** The latest state of every operation, computed anew from all records of an operation whenever one is added. */
final class OperationsView {
    /**
     * Command and result travel on different topics and may come in any order, so nothing here depends on it: the first command
     * of an issuer stands, and so does the first terminal result of the command's own domain (or the issuer's own refusal).
     * Records of these types are proven; a key of another domain proves nothing for this one. Materialised, because PostgreSQL
     * would otherwise walk the whole table by number to find the first one of an operation.
     */
    private static final String REFRESH = """
            with told as materialized (
                select number, issuer, operation_id, type, domain, tool, action, target, caller, state
                from audit_records where operation_id = any($1) and type in ($2, $3)),
            c as (select distinct on (issuer, operation_id) * from told
                where type = $2 order by issuer, operation_id, number),
            r as (select distinct on (told.issuer, told.operation_id) told.* from told
                left join c on c.issuer = told.issuer and c.operation_id = told.operation_id
                where told.type = $3 and told.state = any($4)
                  and (told.domain is null or c.domain is null or told.domain = c.domain)
                order by told.issuer, told.operation_id, told.number)
            insert into operations (number, issuer, operation_id, command_number, result_number,
                                    tool, action, target, caller, state)
            select o.number, o.issuer, o.operation_id, c.number, r.number,
                   coalesce(r.tool, c.tool), coalesce(r.action, c.action), coalesce(r.target, c.target),
                   coalesce(r.caller, c.caller), coalesce(r.state, c.state)
            from (select issuer, operation_id, min(number) as number from told group by issuer, operation_id) o
            left join c on c.issuer = o.issuer and c.operation_id = o.operation_id
            left join r on r.issuer = o.issuer and r.operation_id = o.operation_id
            where c.number is not null or r.number is not null
            on conflict (operation_id, issuer) do update set
                command_number = excluded.command_number, result_number = excluded.result_number,
                tool = excluded.tool, action = excluded.action, target = excluded.target,
                caller = excluded.caller, state = excluded.state
            """;

    private static final String[] TERMINAL = Arrays.stream(State.values())
            .filter(State::terminal)
            .map(State::name)
            .toArray(String[]::new);
    private static final Set<String> TYPES = Set.of(EventType.COMMAND.type(), EventType.RESULT.type());

    private OperationsView() {}

    static Uni<Void> refresh(SqlConnection connection, Collection<AuditRecord> added) {
        Set<String> ids = added.stream()
                .filter(record -> TYPES.contains(record.event.type()))
                .map(record -> record.subject().operationId())
                .collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(REFRESH)
                .execute(Tuple.of(
                        ids.toArray(String[]::new), EventType.COMMAND.type(), EventType.RESULT.type(), TERMINAL))
                .replaceWithVoid();
    }
}
