-- Which packs were read again. Packs are read in the order of their names, so one position says it for all of a server.
create table data_scrubs (
    server_id uuid primary key references data_servers (server_id) on delete cascade,
    position varchar(100) not null,
    began timestamp with time zone,
    packs bigint not null,
    bytes bigint not null,
    last_began timestamp with time zone,
    last_ended timestamp with time zone,
    last_packs bigint not null,
    last_bytes bigint not null
);

-- Damaged packs. points has ids with a comma between them, the newest first, as far as there is room.
create table data_damages (
    server_id uuid not null references data_servers (server_id) on delete cascade,
    object varchar(100) not null,
    problem varchar(40) not null,
    detail varchar(500) not null,
    found timestamp with time zone not null,
    healed timestamp with time zone,
    points text not null,
    primary key (server_id, object)
);

-- One row: when the vault may do what is not urgent, and how much of it was done on the last day.
create table data_maintenance (
    id integer primary key,
    document text not null,
    sum_day varchar(10) not null,
    collected bigint not null,
    scrubbed bigint not null
);
