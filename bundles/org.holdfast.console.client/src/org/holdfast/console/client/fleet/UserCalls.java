package org.holdfast.console.client.fleet;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.client.Call;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.ChangeUser;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.protocol.people.UserView;

/** Accounts. Calls are made in the background and fail with a {@code HoldfastException}. */
public final class UserCalls {
    private static final String USERS = "users";

    private final Caller caller;

    UserCalls(Caller caller) {
        this.caller = caller;
    }

    /** All accounts. */
    public CompletableFuture<List<UserView>> list() {
        return caller.all(ListQuery.all(), UserView.class, USERS);
    }

    /** An account, to be edited. */
    public CompletableFuture<Versioned<UserView>> read(String user) {
        return caller.read(UserView.class, USERS, user);
    }

    /** Makes an account. */
    public CompletableFuture<UserView> create(CreateUser wanted) {
        return caller.post(wanted, UserView.class, USERS);
    }

    /** Changes an account. */
    public CompletableFuture<Versioned<UserView>> change(String user, ChangeUser change, String etag) {
        return caller.patch(change, etag, UserView.class, USERS, user);
    }

    /** Removes an account. */
    public CompletableFuture<@Nullable Void> delete(String user, String etag) {
        return caller.delete(etag, USERS, user);
    }

    /** Sets a password; all sign-ins of the account end. */
    public CompletableFuture<@Nullable Void> setPassword(String user, ChangePassword change) {
        return caller.ask(c -> c.send(Call.post(Caller.path(USERS, user, "password"), change), Void.class).value());
    }
}
