package org.holdfast.vault.http;

import java.util.Set;

/** Who calls, as far as that has been proven. */
public sealed interface Caller {
    /** What the log and the audit call them. */
    String name();

    /** Somebody who has not said who they are. */
    record Nobody() implements Caller {
        @Override
        public String name() {
            return "nobody";
        }
    }

    /**
     * A person with a token.
     *
     * @param name name of the account
     * @param roles names of the roles, lower case with hyphens
     * @param token id of the token, which is no secret
     */
    record Person(String name, Set<String> roles, String token) implements Caller {
        /** Copies the roles. */
        public Person {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * A protected server with its certificate.
     *
     * @param server id of the server
     * @param vaultId id of the vault that it is registered in
     * @param serial serial number of the certificate in hexadecimal
     * @param unproven whether it still has to prove to be the server that was registered before
     */
    record Agent(String server, String vaultId, String serial, boolean unproven) implements Caller {
        /** One that has nothing to prove. */
        public Agent(String server, String vaultId, String serial) {
            this(server, vaultId, serial, false);
        }

        @Override
        public String name() {
            return "server:" + server;
        }
    }
}
