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

    /**
     * A server by its client certificate.
     *
     * @param evenUnproven whether that includes one which still has to prove to be the server that was registered
     *        before
     */
    record Agent(boolean evenUnproven) implements Access {
    }
}
