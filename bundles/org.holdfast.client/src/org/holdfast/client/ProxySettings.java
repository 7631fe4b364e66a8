package org.holdfast.client;

import org.eclipse.jdt.annotation.Nullable;

/**
 * An HTTP proxy, through which a tunnel to the vault is made.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param user for Basic authentication, null for none
 * @param password its password, null for none
 */
public record ProxySettings(String host, int port, @Nullable String user, @Nullable String password) {
    @Override
    public String toString() {
        return "ProxySettings[" + host + ":" + port + (user == null ? "" : ", user " + user) + "]";
    }
}
