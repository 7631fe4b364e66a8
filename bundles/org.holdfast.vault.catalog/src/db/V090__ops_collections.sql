-- What retention and collection did the last time for a server, and what all of it has freed since the first time.
create table data_collections (
    server_id uuid primary key references data_servers (server_id) on delete cascade,
    ran timestamp with time zone not null,
    deleted bigint not null,
    purged bigint not null,
    packs_removed bigint not null,
    packs_compacted bigint not null,
    packs_pending bigint not null,
    bytes_freed bigint not null,
    freed_total bigint not null,
    since timestamp with time zone not null
);
