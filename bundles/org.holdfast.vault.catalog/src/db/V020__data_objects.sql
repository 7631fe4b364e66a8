-- Sessions of agents, recovery points, and who may read whose objects. The objects themselves are in the store; what is
-- here can be made anew from them, except for the times of commits, jobs and grants.
create table data_servers (
    server_id uuid primary key,
    vault_id uuid not null,
    fence bigint not null,
    domain_id varchar(32),
    public_key varchar(64),
    used_bytes bigint not null,
    quota_bytes bigint,
    reconciled timestamp with time zone,
    retained timestamp with time zone
);
create index data_servers_vault on data_servers (vault_id);

create table data_sessions (
    id uuid primary key,
    server_id uuid not null references data_servers (server_id) on delete cascade,
    fence bigint not null,
    boot_id varchar(100) not null,
    job varchar(36),
    purpose varchar(20) not null,
    opened timestamp with time zone not null,
    renewed timestamp with time zone not null,
    ended timestamp with time zone,
    ending varchar(20),
    point varchar(64)
);
create index data_sessions_server on data_sessions (server_id, ended);

-- made is the server's clock, committed the vault's. files, bytes, warnings and the policy are what the agent tells.
create table data_points (
    server_id uuid not null references data_servers (server_id) on delete cascade,
    name varchar(64) not null,
    id varchar(32) not null,
    vault_id uuid not null,
    made timestamp with time zone not null,
    committed timestamp with time zone not null,
    duration_ms bigint not null,
    state varchar(30) not null,
    point_group varchar(32) not null,
    previous varchar(64),
    stored_bytes bigint not null,
    keep_until timestamp with time zone,
    job varchar(36),
    files bigint not null,
    bytes bigint not null,
    warnings bigint not null,
    policy varchar(64),
    policy_version bigint not null,
    anomalous boolean not null,
    damage varchar(400),
    removing timestamp with time zone,
    deleted timestamp with time zone,
    primary key (server_id, name)
);
create index data_points_vault on data_points (vault_id, committed);
create index data_points_server on data_points (server_id, committed);
create index data_points_id on data_points (id);

create table data_grants (
    id uuid primary key,
    vault_id uuid not null,
    source_id uuid not null,
    reader_id uuid not null,
    expires timestamp with time zone not null,
    created timestamp with time zone not null,
    created_by varchar(200) not null
);
create index data_grants_reader on data_grants (reader_id, source_id);
create index data_grants_vault on data_grants (vault_id, created);
