package org.holdfast.protocol.people;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Whether the vault reaches the authority of its sign-in settings ({@code POST /api/v1/sign-in/entra/check}).
 *
 * @param reachable whether it has answered just now with keys that can be used
 * @param issuer whose tokens are taken, null when that is not known
 * @param keys number of keys that are known
 * @param problem what went wrong, null when nothing did
 */
public record EntraCheck(boolean reachable, @Nullable String issuer, int keys, @Nullable String problem) {
}
