package org.holdfast.vault.http.internal.people;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.http.Authorizer;
import org.holdfast.vault.http.BearerAuthenticator;
import org.holdfast.vault.http.Caller;
import org.holdfast.vault.people.Permissions;
import org.holdfast.vault.people.Role;
import org.holdfast.vault.people.SignIn;
import org.holdfast.vault.people.SignedIn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Knows people by their tokens, and what they may by the one table. Who has to change the password may nothing. */
@Component(service = { BearerAuthenticator.class, Authorizer.class })
public final class PeopleDoor implements BearerAuthenticator, Authorizer {

    private static final String MUST_CHANGE = "must-change-password";

    private final SignIn signIn;

    /** Over the accounts. */
    @Activate
    public PeopleDoor(@Reference SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public Caller.Person authenticate(String token, String address) {
        SignedIn who = signIn.authenticate(token);
        Set<String> roles = who.mustChange() ? Set.of(MUST_CHANGE)
                : who.roles().stream().map(Role::wireName).collect(Collectors.toSet());
        return new Caller.Person(who.user(), roles, who.tokenHash());
    }

    @Override
    public boolean allows(Caller.Person person, String permission) {
        if (person.roles().contains(MUST_CHANGE)) {
            throw new Refusal(Kind.FORBIDDEN, "password-change-required", "Your password has to be changed first.",
                    "Set a new one with POST /api/v1/users/" + person.name() + "/password.");
        }
        return Permissions.allows(roles(person), permission);
    }

    @Override
    public boolean knows(String permission) {
        return Permissions.exists(permission);
    }

    /** The roles of somebody who calls. */
    static Set<Role> roles(Caller.Person person) {
        return of(person.roles());
    }

    private static Set<Role> of(Collection<String> names) {
        return names.stream().flatMap(name -> Role.of(name).stream()).collect(Collectors.toSet());
    }
}
