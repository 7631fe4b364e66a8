-- How it stands with the proof that a server's points can be restored, and its last drill that came to a result. since
-- is when drills began to be asked for, and null while they are not.
create table server_drills (
    server_id uuid primary key references servers (id) on delete cascade,
    state varchar(20) not null,
    since timestamp with time zone,
    drilled timestamp with time zone,
    document text
);
