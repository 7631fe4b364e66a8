package org.holdfast.api.azure;

import java.util.List;

/**
 * One thing that a vault's place needs.
 *
 * @param kind what it is
 * @param resource its name, for people
 * @param detail what else tells it apart: a role, a region; may be empty
 * @param state what there is of it
 * @param differences what is not as wanted; empty unless the state is {@link State#DIFFERS} or {@link State#BLOCKED}
 * @param commands of Azure's own command line that would do the same; empty when nothing is to be done
 */
public record PlanStep(Kind kind, String resource, String detail, State state, List<Difference> differences,
        List<String> commands) {
    /** Copies the lists. */
    public PlanStep {
        differences = List.copyOf(differences);
        commands = List.copyOf(commands);
    }

    /** What a step is about. */
    public enum Kind {
        /** The subscription may use a service. */
        PROVIDER,
        /** A resource group. */
        GROUP,
        /** A storage account: TLS 1.2, no public access, no shared keys. */
        ACCOUNT,
        /** Versions and soft delete of its blobs. */
        BLOB_SERVICE,
        /** A rule that old versions go, or else every object would be kept for ever. */
        LIFECYCLE,
        /** The container. */
        CONTAINER,
        /** A Key Vault. */
        KEY_VAULT,
        /** A role of the vault's identity. */
        ROLE
    }

    /** What there is. */
    public enum State {
        /** As wanted. */
        THERE,
        /** Not there. */
        TO_MAKE,
        /** There, and can be brought into line. */
        DIFFERS,
        /** There or taken, and cannot be changed into what is wanted. */
        BLOCKED
    }

    /**
     * A setting that is not as wanted.
     *
     * @param setting in the words of Azure
     * @param is what it is
     * @param wanted what it would be
     */
    public record Difference(String setting, String is, String wanted) {
    }
}
