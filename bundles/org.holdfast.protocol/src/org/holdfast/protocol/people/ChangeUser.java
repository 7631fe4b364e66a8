package org.holdfast.protocol.people;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Changes an account ({@code PATCH /api/v1/users/{name}}); what is left out stays.
 *
 * @param fullName of the person, or null
 * @param roles all roles it is to have, or null
 * @param disabled whether nobody may sign in with it, or null
 */
public record ChangeUser(@Nullable String fullName, @Nullable List<String> roles, @Nullable Boolean disabled) {
}
