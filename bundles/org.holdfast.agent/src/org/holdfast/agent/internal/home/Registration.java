package org.holdfast.agent.internal.home;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Where this server belongs.
 *
 * @param serverId its id at the vault
 * @param vaultId id of the vault
 * @param vault name of the vault
 * @param addresses addresses of vault nodes, in order of preference, for example {@code https://vault.example:8443}
 * @param ca certificates of the vault's authority (PEM)
 * @param keyHolder location of the passphrase
 * @param domainId encryption domain, 32 hex digits, or null as long as it has not been made
 * @param publicKey key that checks the domain's signatures, 32 bytes, or null as long as it has not been made
 * @param registered when the registration was complete, or null as long as it is not
 */
public record Registration(String serverId, String vaultId, String vault, List<String> addresses, String ca,
        String keyHolder, @Nullable String domainId, byte @Nullable [] publicKey, @Nullable Instant registered) {
    /** Copies. */
    public Registration {
        addresses = List.copyOf(addresses);
    }

    /** Whether backups can be made. */
    public boolean isComplete() {
        return registered != null;
    }

    /** The same with its encryption domain. */
    public Registration withDomain(String domain, byte[] key) {
        return new Registration(serverId, vaultId, vault, addresses, ca, keyHolder, domain, key, registered);
    }

    /** The same with the passphrase somewhere else. */
    public Registration keptAt(String location) {
        return new Registration(serverId, vaultId, vault, addresses, ca, location, domainId, publicKey, registered);
    }

    /** The same, complete. */
    public Registration completed(Instant when) {
        return new Registration(serverId, vaultId, vault, addresses, ca, keyHolder, domainId, publicKey, when);
    }
}
