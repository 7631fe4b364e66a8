-- Answers to requests with an idempotency key, for a day. The id is a hash, the answer is encrypted with the caller's key.
create table idempotency_keys (
    id varchar(64) primary key,
    fingerprint varchar(64) not null,
    answer text,
    created timestamp with time zone not null
);
create index idempotency_keys_created on idempotency_keys (created);
