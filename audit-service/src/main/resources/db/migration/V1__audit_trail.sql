-- One row a partition of a topic. Its owner locks nothing else: next_offset is where consuming resumes, last_sequence is the
-- number of its newest record. A topic that was deleted and made again has another id, so it begins another chain.
create table audit_chains (
    chain         text   primary key,
    topic         text   not null,
    partition     int    not null,
    next_offset   bigint not null,
    last_sequence bigint not null
);

create sequence audit_record_numbers;

create table audit_records (
    number         bigint      primary key,
    -- Hash of what makes an event this event; a redelivery has the same.
    event_key      uuid        not null unique,
    chain          text        not null references audit_chains,
    chain_sequence bigint      not null,
    topic          text        not null,
    partition      int         not null,
    record_offset  bigint      not null,
    record_key     text,
    event_id       text,
    source         text,
    type           text        not null,
    claimed_type   text,
    event_time     timestamptz not null,
    recorded_at    timestamptz not null,
    signer         text,
    domain         text,
    problem        text,
    operation_id   text,
    issuer         text,
    tool           text,
    action         text,
    target         text,
    caller         text,
    roles          text[],
    state          text,
    dry_run        boolean,
    reason         text,
    trace_id       text,
    headers        jsonb       not null,
    -- The exact bytes that were signed, and beside them the same as JSON for queries by hand.
    value          bytea       not null,
    value_size     int         not null,
    payload        jsonb,
    unique (chain, chain_sequence)
);

create index audit_records_by_operation on audit_records (operation_id, number) where operation_id is not null;
create index audit_records_by_target on audit_records (target, number) where target is not null;
create index audit_records_by_caller on audit_records (caller, number) where caller is not null;
create index audit_records_by_tool on audit_records (tool, action, number) where tool is not null;
create index audit_records_by_state on audit_records (state, number) where state is not null;
create index audit_records_by_trace on audit_records (trace_id, number) where trace_id is not null;
create index audit_records_by_type on audit_records (type, number);
create index audit_records_by_time on audit_records (event_time);

-- Derived from audit_records alone, so that it can be emptied and computed again.
create table operations (
    -- The record by which the operation was first seen; it never changes, so pages by it are stable.
    number         bigint      primary key,
    issuer         text        not null,
    operation_id   text        not null,
    command_number bigint,
    result_number  bigint,
    tool           text        not null,
    action         text        not null,
    target         text        not null,
    caller         text        not null,
    state          text        not null,
    unique (operation_id, issuer)
);

create index operations_by_state on operations (state, number);
create index operations_by_tool on operations (tool, number);
create index operations_by_target on operations (target, number);
create index operations_by_caller on operations (caller, number);

create function audit_records_are_final() returns trigger language plpgsql as $$
begin
    raise exception 'audit records are never changed or deleted';
end
$$;

create trigger audit_records_are_final before update or delete or truncate on audit_records
    for each statement execute function audit_records_are_final();
