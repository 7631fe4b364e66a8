-- One-time security PINs of people, at most one for each account, and whether critical calls need one.
create table security_pins (
    account varchar(200) primary key,
    hash varchar(64) not null,
    expires timestamp with time zone not null,
    failures int not null
);
create table security_settings (
    id int primary key,
    pin_required boolean not null
);
