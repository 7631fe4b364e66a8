-- Key slots whose removal the holder of the passphrase has signed. They never come back: not every copy of a slot is
-- gone with it, and whoever has stolen a certificate could store one again.
create table data_slots_gone (
    server_id uuid not null references data_servers (server_id) on delete cascade,
    slot varchar(64) not null,
    removed timestamp with time zone not null,
    primary key (server_id, slot)
);
