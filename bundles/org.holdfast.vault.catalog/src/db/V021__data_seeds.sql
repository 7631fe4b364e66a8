-- Imports of seeds: first backups that came on a disk. The progress of a running one is in memory; what counts after a
-- restart is that it was running.
create table data_seeds (
    id uuid primary key,
    vault_id uuid not null,
    server_id uuid not null references data_servers (server_id) on delete cascade,
    seed varchar(100) not null,
    state varchar(20) not null,
    objects bigint not null,
    objects_total bigint not null,
    bytes bigint not null,
    bytes_total bigint not null,
    points bigint not null,
    started timestamp with time zone not null,
    started_by varchar(200) not null,
    ended timestamp with time zone,
    code varchar(60),
    message varchar(1000)
);
create index data_seeds_server on data_seeds (server_id, started);
