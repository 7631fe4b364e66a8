package org.holdfast.vault.http;

/** Who may call a route. */
public sealed interface Access {
    /** Anybody, without saying who. */
    record Open() implements Access {
    }

    /** Any person who is signed in. */
    record SignedIn() implements Access {
    }

    /**
     * A person with a permission.
     *
     * @param permission name in the one table of permissions
     */
    record Person(String permission) implements Access {
    }

    /** A registered server by its client certificate. */
    record Agent() implements Access {
    }
}
