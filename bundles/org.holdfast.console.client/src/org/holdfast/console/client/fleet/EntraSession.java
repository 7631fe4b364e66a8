package org.holdfast.console.client.fleet;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.people.LoginAnswer;

/**
 * Somebody who has signed in with Entra ID.
 *
 * @param login the session of the vault
 * @param grant what it is renewed with, null when it cannot be
 */
public record EntraSession(LoginAnswer login, @Nullable EntraGrant grant) {
}
