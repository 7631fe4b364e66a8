package org.holdfast.protocol.people;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The ways in which people can sign in ({@code GET /api/v1/sign-in/methods}, open), so that programs need no settings
 * of their own.
 *
 * @param password whether accounts with a password may; the one for emergencies always may
 * @param entra Entra ID, null when it is not offered
 */
public record SignInMethods(boolean password, @Nullable EntraOffer entra) {
}
