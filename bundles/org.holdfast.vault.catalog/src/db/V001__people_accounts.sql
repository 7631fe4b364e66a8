-- Accounts of people, their sessions, the chain of audit entries, and the files with which servers are enrolled.
create table users (
    id uuid primary key,
    name varchar(64) not null unique,
    full_name varchar(200) not null,
    password_hash varchar(200) not null,
    roles varchar(200) not null,
    disabled boolean not null,
    must_change boolean not null,
    failures integer not null,
    locked_until timestamp with time zone,
    last_login timestamp with time zone,
    created timestamp with time zone not null,
    changed timestamp with time zone not null,
    version bigint not null
);

create table user_tokens (
    token_hash varchar(64) primary key,
    user_id uuid not null references users (id) on delete cascade,
    created timestamp with time zone not null,
    expires timestamp with time zone not null,
    origin varchar(100) not null
);
create index user_tokens_user on user_tokens (user_id);
create index user_tokens_expires on user_tokens (expires);

create table audit (
    seq bigint primary key,
    at timestamp with time zone not null,
    actor varchar(200) not null,
    origin varchar(100) not null,
    action varchar(100) not null,
    target varchar(400) not null,
    vault varchar(100) not null,
    result varchar(100) not null,
    details varchar(2000) not null,
    hash varchar(64) not null
);
create index audit_at on audit (at);

-- One row: the end of the chain, which is also the lock that keeps entries in order.
create table audit_head (
    id integer primary key,
    seq bigint not null,
    hash varchar(64) not null
);
insert into audit_head (id, seq, hash)
    values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

create table credentials (
    id uuid primary key,
    vault_id uuid not null,
    token_hash varchar(64) not null unique,
    fingerprint varchar(64) not null,
    policy varchar(100),
    tags text not null,
    uses_total integer not null,
    uses_left integer not null,
    created timestamp with time zone not null,
    created_by varchar(200) not null,
    expires timestamp with time zone not null,
    revoked timestamp with time zone
);
create index credentials_vault on credentials (vault_id, created);

create table registrations (
    server_id uuid primary key,
    vault_id uuid not null,
    credentials_id uuid not null references credentials (id),
    machine_id varchar(100) not null,
    hostname varchar(255) not null,
    os varchar(200) not null,
    agent_version varchar(64) not null,
    existing boolean not null,
    challenge varchar(64),
    serial varchar(64) not null,
    started timestamp with time zone not null,
    expires timestamp with time zone not null
);
create index registrations_expires on registrations (expires);

create table agent_certificates (
    serial varchar(64) primary key,
    server_id uuid not null,
    not_before timestamp with time zone not null,
    not_after timestamp with time zone not null,
    issued timestamp with time zone not null,
    unproven boolean not null,
    revoked timestamp with time zone,
    reason varchar(100)
);
create index agent_certificates_server on agent_certificates (server_id);
create index agent_certificates_not_after on agent_certificates (not_after);
