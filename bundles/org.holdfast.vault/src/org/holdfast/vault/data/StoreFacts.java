package org.holdfast.vault.data;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What the store of a server says of it, so that a lost catalogue can be made anew. No names of files, no secrets.
 * Texts are as in the catalogue.
 *
 * @param vault its vault
 * @param server the server
 * @param policy the policy that held, or null
 * @param pins points that somebody wants kept
 */
public record StoreFacts(VaultFacts vault, ServerFacts server, @Nullable PolicyFacts policy, List<PinFacts> pins) {
    /** Copies. */
    public StoreFacts {
        pins = pins == null ? List.of() : List.copyOf(pins);
    }

    /** A vault: its name and settings. */
    public record VaultFacts(String name, String region, String resourceGroup, String subscription, String tags,
            String redundancy, String immutability, int softDeleteDays, boolean softDeleteAlways, Instant created,
            @Nullable Long quotaBytes) {
    }

    /** A server: its name, what it is known by, its public keys. */
    public record ServerFacts(String name, String hostname, String machineId, String os, String zone, String tags,
            String labels, String items, Instant created, @Nullable Instant registered, @Nullable Instant retired,
            @Nullable String domainId, @Nullable String publicKey, @Nullable String intakeKey,
            @Nullable String intakeProof, @Nullable String keyHolder) {
    }

    /** A policy: its name and document. */
    public record PolicyFacts(String name, String document) {
    }

    /** A pin: the id of the point, until when, by whom and why. */
    public record PinFacts(String point, Instant since, @Nullable Instant until, String by, String remark) {
    }
}
