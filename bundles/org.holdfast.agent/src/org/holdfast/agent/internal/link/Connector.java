package org.holdfast.agent.internal.link;

import java.nio.file.Path;
import java.util.List;

import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;

/** Makes connections to vaults. */
public interface Connector {
    /**
     * Who is called, and as whom.
     *
     * @param addresses {@code host:port}, the preferred one first
     * @param ca certificate of the vault's authority, PEM
     * @param chain file with the agent's certificate
     * @param key file with its private key
     */
    record Target(List<String> addresses, String ca, Path chain, Path key) {
        /** Copies. */
        public Target {
            addresses = List.copyOf(addresses);
        }
    }

    /** Asks for a certificate, as nobody. */
    EnrolAnswer enrol(List<String> addresses, String ca, EnrolRequest request);

    /** For a server that is being registered or given up. */
    RegistrationLink registration(Target target);

    /** For a registered server. */
    VaultLink vault(Target target);

    /**
     * The objects of a registered server.
     *
     * @param bootId this start of the agent: what an earlier one still has open ends
     */
    Stores stores(Target target, String bootId);
}
