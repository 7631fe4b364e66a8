package org.holdfast.console.client.fleet;

/**
 * A vault server as the console remembers it, without any secret.
 *
 * @param id UUID, never changes
 * @param name what people call it; never empty
 * @param address {@code host} or {@code host:port}
 * @param fingerprint SHA-256 of the authority that was believed at the first connection, 64 hex digits
 * @param user name of the account
 */
public record SavedConnection(String id, String name, String address, String fingerprint, String user) {
    /** A missing name is the address. */
    public SavedConnection {
        address = address == null ? "" : address;
        name = name == null || name.isBlank() ? address : name;
        user = user == null ? "" : user;
        fingerprint = fingerprint == null ? "" : fingerprint;
    }

    /** The same with another name. */
    public SavedConnection named(String other) {
        return new SavedConnection(id, other, address, fingerprint, user);
    }

    /** The same for another account. */
    public SavedConnection as(String account) {
        return new SavedConnection(id, name, address, fingerprint, account);
    }

    /** The same with another authority, which a person has compared. */
    public SavedConnection pinnedTo(String sha256) {
        return new SavedConnection(id, name, address, sha256, user);
    }
}
