package org.holdfast.client;

import java.nio.file.Path;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The vault servers that a person is signed in to in this program. It is a service, so that stores can be opened by
 * location, {@code vault://ADDRESS/VAULT/SERVER}, by who knows nothing of signing in.
 */
@ConsumerType
public interface SignIns {
    /**
     * A client with the person's sign-in. The caller closes it.
     *
     * @param address as the person gave it when signing in
     * @throws HoldfastException with {@link Problem#ACCESS_DENIED} when nobody is signed in there
     */
    VaultClient client(String address);

    /** Folder for what was read from vault servers, as it is: encrypted. It may be deleted while nothing is open. */
    Path cache();
}
