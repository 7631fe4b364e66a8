-- The nodes of an installation, one row for each run of one. Times are the database's, so that clocks of nodes do not
-- matter.
create table nodes (
    id uuid primary key,
    name varchar(255) not null,
    addresses varchar(2000) not null,
    version varchar(100) not null,
    schema_version varchar(20) not null,
    started timestamp with time zone not null,
    last_contact timestamp with time zone not null,
    ended timestamp with time zone
);

-- Who had the turn for work that one node does at a time. The fence grows with each turn.
create table node_turns (
    name varchar(100) primary key,
    fence bigint not null,
    node_id uuid not null,
    since timestamp with time zone not null
);

-- What all nodes of an installation have to agree on.
create table installation_facts (
    name varchar(50) primary key,
    fact varchar(500) not null
);

-- Whose memory has the truth about a server: that of the node where its agent polls.
alter table servers add column node_id uuid;
create index servers_node on servers (node_id);

-- Sealed questions to agents that poll another node than the one where somebody waits; gone with their answers.
create table node_asks (
    id uuid primary key,
    server_id uuid not null references servers (id) on delete cascade,
    sealed text not null,
    answer text,
    expires timestamp with time zone not null
);
