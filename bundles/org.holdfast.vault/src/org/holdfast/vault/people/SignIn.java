package org.holdfast.vault.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.people.EntraTable;
import org.holdfast.vault.catalog.people.TokenTable;
import org.holdfast.vault.catalog.people.UserRow;
import org.holdfast.vault.catalog.people.UserTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs people in and knows them by their tokens. An attempt counts as failed before the password is looked at and is
 * forgiven when it was right, so that many attempts at the same moment do not get more guesses. Names that do not exist
 * behave like those that do. Thread-safe.
 */
@Component(service = SignIn.class)
public final class SignIn {

    /** For how long a token counts. */
    public static final Duration TOKEN_LIFE = Duration.ofHours(12);
    /** After so many wrong passwords an account is locked. */
    public static final int MOST_FAILURES = 5;
    /** For how long it is locked. */
    public static final Duration LOCK = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final int MOST_STRANGERS = 10_000;
    private static final int LONGEST_NAME = 64;

    private final Catalog catalog;
    private final Clock clock;
    private final Passwords passwords;
    private final AuditLog audit;
    private final AddressThrottle throttle;
    private final LinkedHashMap<String, Attempts> strangers = new LinkedHashMap<>();

    /** Over a catalogue. */
    @Activate
    public SignIn(@Reference Catalog catalog, @Reference Clock clock, @Reference Passwords passwords,
            @Reference AuditLog audit, @Reference AddressThrottle throttle) {
        this.catalog = catalog;
        this.clock = clock;
        this.passwords = passwords;
        this.audit = audit;
        this.throttle = throttle;
    }

    /**
     * Signs somebody in.
     *
     * @param origin network address
     * @throws Refusal with code {@code sign-in-failed}, {@code account-locked} or {@code too-many-attempts}
     */
    public LoginAnswer login(String name, String password, String origin) {
        throttle.require(origin);
        try {
            return attempt(name, password, origin);
        } catch (Refusal e) {
            if (e.kind() != Kind.UNAVAILABLE) {
                throttle.failed(origin);
            }
            throw e;
        }
    }

    /**
     * Makes sure that somebody who is signed in still knows the password.
     *
     * @param origin network address
     * @throws Refusal as {@link #login} does
     */
    void confirm(String name, String password, String origin) {
        throttle.require(origin);
        if (catalog.read(handle -> UserTable.byName(handle, name)).filter(row -> !row.local()).isPresent()) {
            throw new Refusal(Kind.CONFLICT, "no-password", name + " signs in with Entra ID and has no password here.",
                    "Let a security officer approve it, or sign in with a local account for it.");
        }
        try {
            UserRow user = proven(name, password, origin);
            catalog.run(handle -> UserTable.setAttempts(handle, user.id(), 0, null, user.lastLogin()));
        } catch (Refusal e) {
            if (e.kind() != Kind.UNAVAILABLE) {
                throttle.failed(origin);
            }
            throw e;
        }
    }

    private LoginAnswer attempt(String name, String password, String origin) {
        return admit(proven(name, password, origin), origin);
    }

    private UserRow proven(String name, String password, String origin) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || password.length() > 4 * Passwords.MOST) {
            throw failed();
        }
        if (!catalog.read(EntraTable::breakGlass).orElse(name).equals(name)) {
            throw new Refusal(Kind.FORBIDDEN, "local-sign-in-off", "Local accounts are switched off on this vault.",
                    "Sign in with Entra ID ('holdfast login --entra').");
        }
        Optional<Attempt> attempt = catalog.write(handle -> UserTable.lock(handle, name).filter(UserRow::local)
                .map(row -> {
                    Attempts next = next(new Attempts(row.failures(), row.lockedUntil()));
                    if (next != null) {
                        UserTable.setAttempts(handle, row.id(), next.failures, next.lockedUntil, null);
                    }
                    return new Attempt(row, next != null);
                }));
        if (attempt.isEmpty()) {
            throw refuseStranger(name, password, origin);
        }
        if (!attempt.get().allowed) {
            // Not in the audit: this can be had as often as somebody likes.
            LOG.info("{} tries to sign in as {}, which is locked", origin, name);
            throw lockedOut();
        }
        UserRow user = attempt.get().user;
        if (!passwords.verify(password, user.passwordHash()) || user.disabled()) {
            audit.append(new AuditEntry(name, origin, "login", "users/" + name, "", "sign-in-failed", ""));
            throw failed();
        }
        if (passwords.isOutdated(user.passwordHash())) {
            String hash = passwords.hash(password);
            catalog.run(handle -> UserTable.setHash(handle, user.id(), user.passwordHash(), hash));
        }
        return user;
    }

    private LoginAnswer admit(UserRow user, String origin) {
        String token = Secrets.token();
        Instant now = clock.instant();
        Instant expires = now.plus(TOKEN_LIFE);
        catalog.run(handle -> {
            UserRow present = UserTable.lock(handle, user.name()).orElseThrow(SignIn::failed);
            if (present.disabled() || !present.id().equals(user.id())) {
                throw failed();
            }
            if (!EntraTable.breakGlass(handle).orElse(user.name()).equals(user.name())) {
                throw failed();
            }
            UserTable.setAttempts(handle, user.id(), 0, null, now);
            TokenTable.insert(handle, Secrets.hash(token), user.id(), now, expires, cut(origin));
            audit.append(handle, AuditEntry.done(user.name(), origin, "login", "users/" + user.name(), "", ""));
        });
        return new LoginAnswer(token, expires, user.name(), user.roles(), user.mustChange());
    }

    /** The state after one more attempt; null when there must be none. */
    private @Nullable Attempts next(Attempts before) {
        Instant now = clock.instant();
        Instant until = before.lockedUntil;
        // A lock that ends later than any lock can was set by a clock that was wrong.
        if (until != null && now.isBefore(until) && !until.isAfter(now.plus(LOCK))) {
            return null;
        }
        int failures = until == null ? before.failures + 1 : 1;
        return new Attempts(failures, failures >= MOST_FAILURES ? now.plus(LOCK) : null);
    }

    private Refusal refuseStranger(String name, String password, String origin) {
        boolean locked;
        synchronized (strangers) {
            Attempts next = next(strangers.getOrDefault(name, new Attempts(0, null)));
            locked = next == null;
            if (next != null) {
                strangers.putLast(name, next);
                if (strangers.size() > MOST_STRANGERS) {
                    strangers.pollFirstEntry();
                }
            }
        }
        if (!locked) {
            passwords.pretend(password);
        }
        LOG.info("{} tries to sign in with a name that does not exist", origin);
        return locked ? lockedOut() : failed();
    }

    /** Ends a token; ending one that is over does nothing. */
    public void logout(SignedIn who, String origin) {
        catalog.run(handle -> {
            if (TokenTable.delete(handle, who.tokenHash())) {
                audit.append(handle, AuditEntry.done(who.user(), origin, "logout", "users/" + who.user(), "", ""));
            }
        });
    }

    /**
     * Who has a token.
     *
     * @throws Refusal with code {@code token-invalid} or {@code token-expired}
     */
    public SignedIn authenticate(String token) {
        return byHash(Secrets.hash(token));
    }

    /**
     * Who has the token of a hash.
     *
     * @throws Refusal with code {@code token-invalid} or {@code token-expired}
     */
    public SignedIn byHash(String hash) {
        Optional<TokenTable.Known> known = catalog.read(handle -> TokenTable.find(handle, hash));
        if (known.isEmpty() || known.get().user().disabled()) {
            throw new Refusal(Kind.UNAUTHENTICATED, "token-invalid", "You are not signed in, or not any more.",
                    "Sign in again.");
        }
        Instant now = clock.instant();
        Instant expires = known.get().expires();
        // Nor does one count that a clock which was far ahead has made.
        if (!now.isBefore(expires) || expires.isAfter(now.plus(TOKEN_LIFE))) {
            throw new Refusal(Kind.UNAUTHENTICATED, "token-expired", "Your session has ended.", "Sign in again.");
        }
        UserRow user = known.get().user();
        return new SignedIn(user.name(), user.fullName(), roles(user.roles()), user.mustChange(), hash, expires);
    }

    /** Forgets tokens that have expired. */
    public void clean() {
        catalog.run(handle -> TokenTable.deleteExpired(handle, clock.instant()));
    }

    /**
     * Makes the first account when there is none: an administrator with a secret that has to be changed at once.
     *
     * @return name and secret, to be shown once; nothing when there are accounts already
     */
    public Optional<FirstAdministrator> first() {
        if (catalog.read(UserTable::count) > 0) {
            return Optional.empty();
        }
        String secret = Secrets.password();
        String hash = passwords.hash(secret);
        Instant now = clock.instant();
        UserRow row = new UserRow(UUID.randomUUID(), FirstAdministrator.NAME, "", hash,
                List.of(Role.ADMINISTRATOR.wireName()), false, true, 0, null, null, now, now, 1);
        return catalog.write(handle -> {
            if (UserTable.count(handle) > 0 || !UserTable.insert(handle, row)) {
                return Optional.empty();
            }
            audit.append(handle, AuditEntry.done(AuditEntry.VAULT, "", "create-user", "users/" + row.name(), "",
                    "the first administrator"));
            return Optional.of(new FirstAdministrator(row.name(), secret));
        });
    }

    /**
     * Makes the account of the first administrator usable again, for the one who can start the node with that wish:
     * enabled, an administrator and nothing else, with a new secret that has to be changed. Its tokens end, and local
     * accounts may sign in again.
     */
    public FirstAdministrator rescue() {
        String secret = Secrets.password();
        String hash = passwords.hash(secret);
        Instant now = clock.instant();
        List<String> roles = List.of(Role.ADMINISTRATOR.wireName());
        catalog.run(handle -> {
            EntraTable.openLocalAccounts(handle);
            Optional<UserRow> there = UserTable.lock(handle, FirstAdministrator.NAME);
            if (there.isPresent()) {
                UserRow row = there.get();
                UserTable.update(handle, new UserRow(row.id(), row.name(), row.fullName(), hash, roles, false, true, 0,
                        null, row.lastLogin(), row.created(), now, row.version() + 1));
                UserTable.setPassword(handle, row.id(), hash, true, now);
                TokenTable.deleteOf(handle, row.id());
            } else {
                UserTable.insert(handle, new UserRow(UUID.randomUUID(), FirstAdministrator.NAME, "", hash, roles, false,
                        true, 0, null, null, now, now, 1));
            }
            audit.append(handle, AuditEntry.done(AuditEntry.VAULT, "", "rescue-administrator",
                    "users/" + FirstAdministrator.NAME, "", ""));
        });
        return new FirstAdministrator(FirstAdministrator.NAME, secret);
    }

    static Set<Role> roles(List<String> names) {
        return names.stream().flatMap(name -> Role.of(name).stream()).collect(Collectors.toSet());
    }

    static String cut(String origin) {
        return origin.length() <= 100 ? origin : origin.substring(0, 100);
    }

    private static Refusal failed() {
        return new Refusal(Kind.UNAUTHENTICATED, "sign-in-failed", "Name or password is wrong.",
                "Check both. After " + MOST_FAILURES + " wrong passwords an account is locked for a while.");
    }

    private static Refusal lockedOut() {
        return new Refusal(Kind.TOO_MANY, "account-locked", "This account is locked after too many wrong passwords.",
                "Wait " + LOCK.toMinutes() + " minutes, or have an administrator set a new password.");
    }

    private record Attempt(UserRow user, boolean allowed) {
    }

    private record Attempts(int failures, @Nullable Instant lockedUntil) {
    }
}
