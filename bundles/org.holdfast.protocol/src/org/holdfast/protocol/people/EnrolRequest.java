package org.holdfast.protocol.people;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A server asks to be registered ({@code POST /agent/v1/enrol}), with the token of a vault credentials file.
 *
 * @param token from the file
 * @param fingerprint {@link CredentialsFile#fingerprint()} of the file as the agent has it
 * @param csr certificate request as PEM (PKCS#10) with the agent's own public key on the curve P-256 or P-384
 * @param machineId stable id of the machine, 16 to 100 characters
 * @param hostname as the system calls itself
 * @param os name and version of the system
 * @param agentVersion version of the agent's program
 */
public record EnrolRequest(String token, @Nullable String fingerprint, String csr, String machineId, String hostname,
        String os,
        String agentVersion) {

    /** Hides the token. */
    @Override
    public String toString() {
        return "EnrolRequest[" + machineId + ", " + hostname + "]";
    }
}
