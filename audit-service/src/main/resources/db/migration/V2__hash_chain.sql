-- Records from here on are chained by their hashes, see docs/audit.md. Those that are there already were never hashed, and hashing
-- them now would testify of what nobody saw: they stay without, and the chain begins behind them.
alter table audit_chains add column head_hash bytea;

alter table audit_records
    add column previous_hash bytea,
    add column hash          bytea,
    -- Why something was done as root, where it was.
    add column privilege     text,
    -- Hashed as they are stored, so nothing may put them into another form.
    alter column headers type text using headers::text,
    -- A copy of what value says could be changed without it.
    drop column payload;

create index audit_records_by_privilege on audit_records (number) where privilege is not null;

-- For queries by hand: the message of a record as JSON, null where it is none.
create function audit_payload(value bytea) returns jsonb language plpgsql immutable as $$
begin
    return convert_from(value, 'UTF8')::jsonb;
exception when others then
    return null;
end
$$;

create table audit_checkpoints (
    number        bigint      primary key,
    record_number bigint      not null,
    made_at       timestamptz not null,
    key_id        text        not null,
    -- The exact text that was signed.
    statement     text        not null,
    signature     text        not null
);

create index audit_checkpoints_by_record on audit_checkpoints (record_number);

create trigger audit_checkpoints_are_final before update or delete or truncate on audit_checkpoints
    for each statement execute function audit_records_are_final();
