package org.holdfast.vault.people;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.ChangeUser;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.protocol.people.UserView;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.people.EntraTable;
import org.holdfast.vault.catalog.people.TokenTable;
import org.holdfast.vault.catalog.people.UserRow;
import org.holdfast.vault.catalog.people.UserTable;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Accounts of people. There is always an administrator who can sign in; nobody is administrator and security officer at
 * once; and from the first security officer on only security officers decide about their accounts, so that no
 * administrator alone can become the second person for what is critical. Thread-safe.
 */
@Component(service = Accounts.class)
public final class Accounts {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._@-]{1,63}");
    private static final int LONGEST_FULL_NAME = 200;

    private final Catalog catalog;
    private final Clock clock;
    private final Passwords passwords;

    /** Over a catalogue. */
    @Activate
    public Accounts(@Reference Catalog catalog, @Reference Clock clock, @Reference Passwords passwords) {
        this.catalog = catalog;
        this.clock = clock;
        this.passwords = passwords;
    }

    /** A page of accounts. */
    public Page<UserView> list(ListRequest request) {
        Page<UserRow> page = catalog.read(handle -> UserTable.list(handle, request));
        return new Page<>(page.items().stream().map(this::view).toList(), page.next(), page.total());
    }

    /** @throws Refusal of kind NOT_FOUND */
    public UserView get(String name) {
        return view(catalog.read(handle -> UserTable.byName(handle, name)).orElseThrow(Accounts::unknown));
    }

    /**
     * Makes an account whose password has to be changed at the first sign-in.
     *
     * @param by roles of the one who does it
     * @throws Refusal with code {@code user-exists}, {@code password-refused}, {@code roles-conflict} or
     *         {@code security-officers-only}
     */
    public UserView create(CreateUser wanted, Set<Role> by) {
        if (!NAME.matcher(wanted.name()).matches()) {
            throw Refusal.invalid("name", "A name has 2 to 64 lower-case letters, digits, dots, hyphens, underscores "
                    + "and at signs, and begins with a letter.");
        }
        List<String> roles = checkedRoles(wanted.roles());
        passwords.requireGood(wanted.name(), wanted.password());
        String hash = passwords.hash(wanted.password());
        Instant now = clock.instant();
        UserRow row = new UserRow(UUID.randomUUID(), wanted.name(), fullName(wanted.fullName()), hash, roles, false,
                true, 0, null, null, now, now, 1);
        catalog.run(handle -> {
            requireMay(UserTable.lockAll(handle), by, roles);
            if (!roles.equals(List.of(Role.READER.wireName()))) {
                Critical.require("make the account " + wanted.name() + " with the roles " + String.join(", ", roles));
            }
            if (!UserTable.insert(handle, row)) {
                throw new Refusal(Kind.CONFLICT, "user-exists", "There is an account \"" + wanted.name() + "\".",
                        "Choose another name.", "name");
            }
        });
        return view(row);
    }

    /**
     * Changes an account. When it may do less than before, its tokens end.
     *
     * @param version the version that is changed
     * @param by roles of the one who does it
     * @throws Refusal with code {@code changed-meanwhile}, {@code last-administrator}, {@code roles-conflict} or
     *         {@code security-officers-only}
     */
    public UserView change(String name, ChangeUser wanted, long version, Set<Role> by) {
        return catalog.write(handle -> {
            List<UserRow> all = UserTable.lockAll(handle);
            UserRow before = find(all, name, version);
            List<String> roles = wanted.roles() == null ? before.roles() : checkedRoles(wanted.roles());
            boolean disabled = wanted.disabled() == null ? before.disabled() : wanted.disabled();
            if (!roles.equals(before.roles()) || disabled != before.disabled()) {
                requireMay(all, by, before.roles());
                requireMay(all, by, roles);
            }
            if (!roles.equals(before.roles())) {
                Critical.require("change the roles of " + name + " from " + String.join(", ", before.roles()) + " to "
                        + String.join(", ", roles));
            }
            if (!before.local() && !roles.equals(before.roles())) {
                throw new Refusal(Kind.CONFLICT, "roles-of-entra", "The roles of " + name + " come from Entra ID.",
                        "Change what is assigned there, or what it means here (sign-in settings).", "roles");
            }
            UserRow after = new UserRow(before.id(), before.name(),
                    wanted.fullName() == null ? before.fullName() : fullName(wanted.fullName()), before.passwordHash(),
                    roles, disabled, before.mustChange(), before.failures(), before.lockedUntil(), before.lastLogin(),
                    before.created(), clock.instant(), before.version() + 1);
            requireAdministrator(handle, all, after);
            UserTable.update(handle, after);
            if (disabled) {
                TokenTable.deleteOf(handle, after.id());
            }
            return view(after);
        });
    }

    /**
     * Removes an account.
     *
     * @param version the version that is removed
     * @param by roles of the one who does it
     * @throws Refusal with code {@code changed-meanwhile}, {@code last-administrator} or
     *         {@code security-officers-only}
     */
    public void delete(String name, long version, Set<Role> by) {
        catalog.run(handle -> {
            List<UserRow> all = UserTable.lockAll(handle);
            UserRow row = find(all, name, version);
            requireMay(all, by, row.roles());
            requireAdministrator(handle, all, disabled(row));
            UserTable.delete(handle, row.id(), version);
        });
    }

    /**
     * Sets a password and ends all tokens and locks of the account. One's own needs the old one and counts at once;
     * that of somebody else has to be changed at the next sign-in.
     *
     * @throws Refusal with code {@code password-wrong}, {@code password-refused}, {@code not-permitted} or
     *         {@code security-officers-only}
     */
    public void setPassword(String name, ChangePassword wanted, SignedIn by) {
        boolean own = by.user().equals(name);
        if (!own && !Permissions.allows(by.mustChange() ? Set.of() : by.roles(), Permissions.USER_MANAGE)) {
            throw new Refusal(Kind.FORBIDDEN, "not-permitted", "You may only change your own password.", "");
        }
        UserRow row = catalog.read(handle -> UserTable.byName(handle, name)).orElseThrow(Accounts::unknown);
        if (!row.local()) {
            throw new Refusal(Kind.CONFLICT, "no-password", name + " signs in with Entra ID and has no password here.",
                    "Change it in Entra ID.");
        }
        if (own && (wanted.oldPassword() == null || !passwords.verify(wanted.oldPassword(), row.passwordHash()))) {
            throw new Refusal(Kind.FORBIDDEN, "password-wrong", "The old password is wrong.", "", "oldPassword");
        }
        if (own && wanted.newPassword().equals(wanted.oldPassword())) {
            throw new Refusal(Kind.UNACCEPTABLE, "password-refused", "The new password is the old one.",
                    "Choose another password.", "newPassword");
        }
        passwords.requireGood(name, wanted.newPassword());
        String hash = passwords.hash(wanted.newPassword());
        catalog.run(handle -> {
            List<UserRow> all = UserTable.lockAll(handle);
            UserRow present = all.stream().filter(each -> each.id().equals(row.id())).findFirst()
                    .orElseThrow(Accounts::unknown);
            if (own && !present.passwordHash().equals(row.passwordHash())) {
                throw new Refusal(Kind.CONFLICT, "changed-meanwhile", "The password was changed meanwhile.", "");
            }
            if (!own) {
                requireMay(all, by.roles(), present.roles());
                if (present.roles().contains(Role.ADMINISTRATOR.wireName())) {
                    // Whoever knows the password of an administrator can confirm what is critical in that name.
                    Critical.require("set the password of the administrator " + name);
                }
            }
            UserTable.setPassword(handle, row.id(), hash, !own, clock.instant());
            TokenTable.deleteOf(handle, row.id());
        });
    }

    private static UserRow find(List<UserRow> all, String name, long version) {
        UserRow row = all.stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow(Accounts::unknown);
        if (row.version() != version) {
            throw new Refusal(Kind.CHANGED, "changed-meanwhile", "Somebody has changed the account meanwhile.",
                    "Read it again.");
        }
        return row;
    }

    /** Accounts of security officers are the business of security officers, once there is one who can sign in. */
    private static void requireMay(List<UserRow> all, Set<Role> by, Collection<String> roles) {
        boolean concernsOfficer = roles.contains(Role.SECURITY_OFFICER.wireName());
        boolean officer = by.contains(Role.SECURITY_OFFICER);
        boolean thereIsOne = all.stream()
                .anyMatch(row -> !row.disabled() && row.roles().contains(Role.SECURITY_OFFICER.wireName()));
        if (concernsOfficer && thereIsOne && !officer) {
            throw new Refusal(Kind.FORBIDDEN, "security-officers-only",
                    "Only a security officer decides about accounts of security officers.", "Ask one of them.");
        }
        if (!concernsOfficer && !by.contains(Role.ADMINISTRATOR)) {
            throw new Refusal(Kind.FORBIDDEN, "not-permitted",
                    "A security officer decides about accounts of security officers only.", "Ask an administrator.");
        }
    }

    /** One of them has a password: nobody else gets in on the day on which Entra ID is away. */
    private static void requireAdministrator(Handle handle, List<UserRow> all, UserRow after) {
        if (!all.stream().map(row -> row.id().equals(after.id()) ? after : row)
                .anyMatch(Accounts::isLocalAdministrator)) {
            throw new Refusal(Kind.CONFLICT, "last-administrator",
                    "This is the only local administrator who can sign in.", "Make another one first.");
        }
        if (EntraTable.breakGlass(handle).filter(after.name()::equals).isPresent() && !isLocalAdministrator(after)) {
            throw new Refusal(Kind.CONFLICT, "break-glass-account",
                    "This is the one local account that can still sign in when Entra ID is away.",
                    "Name another one in the sign-in settings, or let local accounts sign in again, first.");
        }
    }

    static boolean isLocalAdministrator(UserRow row) {
        return row.local() && !row.disabled() && row.roles().contains(Role.ADMINISTRATOR.wireName());
    }

    private static UserRow disabled(UserRow row) {
        return new UserRow(row.id(), row.name(), row.fullName(), row.passwordHash(), row.roles(), true,
                row.mustChange(), row.failures(), row.lockedUntil(), row.lastLogin(), row.created(), row.changed(),
                row.version());
    }

    static List<String> checkedRoles(Collection<String> names) {
        Set<String> roles = new TreeSet<>();
        for (String name : names) {
            roles.add(Role.of(name).orElseThrow(() -> Refusal.invalid("roles", "There is no such role.")).wireName());
        }
        if (roles.isEmpty()) {
            throw Refusal.invalid("roles", "An account has at least one role.");
        }
        if (roles.contains(Role.SECURITY_OFFICER.wireName()) && (roles.contains(Role.ADMINISTRATOR.wireName())
                || roles.contains(Role.OPERATOR.wireName()))) {
            throw new Refusal(Kind.UNACCEPTABLE, "roles-conflict",
                    "A security officer is neither administrator nor operator.", "Use two accounts of two people.",
                    "roles");
        }
        return List.copyOf(roles);
    }

    private static String fullName(@Nullable String text) {
        String name = text == null ? "" : text.strip();
        if (name.length() > LONGEST_FULL_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid("fullName", "A full name has up to " + LONGEST_FULL_NAME + " printable characters.");
        }
        return name;
    }

    private static Refusal unknown() {
        return Refusal.notFound("account");
    }

    private UserView view(UserRow row) {
        Instant until = row.lockedUntil();
        return new UserView(row.name(), row.fullName(), row.roles(), row.disabled(), row.mustChange(),
                until != null && clock.instant().isBefore(until) ? until : null, row.lastLogin(), row.created(),
                row.version(), row.objectId());
    }
}
