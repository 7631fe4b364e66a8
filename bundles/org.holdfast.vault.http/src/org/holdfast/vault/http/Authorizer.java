package org.holdfast.vault.http;

/** The one place where it is decided what people may do. */
public interface Authorizer {
    /** Whether a person has a permission. */
    boolean allows(Caller.Person person, String permission);

    /** Whether there is such a permission at all; a node refuses to start with routes that name an unknown one. */
    boolean knows(String permission);
}
