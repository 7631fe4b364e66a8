package org.holdfast.vault.people;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.people.EntraRow;
import org.holdfast.vault.catalog.people.EntraTable;
import org.holdfast.vault.catalog.people.TokenTable;
import org.holdfast.vault.catalog.people.UserRow;
import org.holdfast.vault.catalog.people.UserTable;
import org.holdfast.vault.people.entra.Authority;
import org.holdfast.vault.people.entra.EntraClaims;
import org.holdfast.vault.people.entra.EntraTokens;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs people and applications in with a token of Entra ID: it is exchanged for a session of the vault that ends with
 * it. The first time makes an account, which belongs to the object id for ever and not to a name; roles are those of
 * the token, each time. Thread-safe.
 */
@Component(service = EntraSignIn.class)
public final class EntraSignIn {
    private static final Logger LOG = LoggerFactory.getLogger(EntraSignIn.class);
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_FULL_NAME = 200;
    private static final int ATTEMPTS = 3;

    private final Catalog catalog;
    private final Clock clock;
    private final AuditLog audit;
    private final AddressThrottle throttle;
    private final EntraTokens tokens;

    /** Over a catalogue. */
    @Activate
    public EntraSignIn(@Reference Catalog catalog, @Reference Clock clock, @Reference AuditLog audit,
            @Reference AddressThrottle throttle, @Reference EntraTokens tokens) {
        this.catalog = catalog;
        this.clock = clock;
        this.audit = audit;
        this.throttle = throttle;
        this.tokens = tokens;
    }

    /**
     * Signs somebody in.
     *
     * @param token of Entra ID
     * @param origin network address
     * @throws Refusal with a code that begins with {@code entra-}, {@code roles-conflict} or {@code too-many-attempts}
     */
    public LoginAnswer login(String token, String origin) {
        throttle.require(origin);
        try {
            EntraRow settings = catalog.read(EntraTable::find).filter(EntraRow::enabled)
                    .orElseThrow(EntraSignIn::notOffered);
            EntraClaims claims = tokens.verify(token,
                    new Authority(settings.authority(), settings.tenant(), settings.ca()), settings.clientId());
            List<String> roles = roles(claims, settings, origin);
            for (int i = 1;; i++) {
                Optional<LoginAnswer> answer = admit(claims, roles, settings.version(), origin);
                if (answer.isPresent()) {
                    return answer.get();
                }
                if (i == ATTEMPTS) {
                    throw new Refusal(Kind.UNAVAILABLE, "busy", "Somebody changes the same account.",
                            "Try again in a moment.");
                }
            }
        } catch (Refusal e) {
            LOG.info("{} is not signed in with Entra ID: {}", origin, e.code());
            if (e.kind() != Kind.UNAVAILABLE) {
                throttle.failed(origin);
            }
            throw e;
        }
    }

    /** Who comes so far is known, so refusals are told in the audit. */
    private List<String> roles(EntraClaims claims, EntraRow settings, String origin) {
        TreeSet<String> roles = new TreeSet<>();
        for (EntraRow.Mapping each : settings.roles()) {
            boolean has = each.claim().equals(SignInSettings.GROUP) ? claims.groups().contains(each.value())
                    : claims.roles().contains(each.value());
            if (has) {
                roles.add(each.role());
            }
        }
        try {
            if (roles.isEmpty()) {
                throw nothing(claims, settings);
            }
            return Accounts.checkedRoles(roles);
        } catch (Refusal e) {
            audit.append(new AuditEntry(accountName(claims), origin, "login", "users/" + accountName(claims), "",
                    e.code(), details(claims)));
            throw e;
        }
    }

    private static Refusal nothing(EntraClaims claims, EntraRow settings) {
        if (claims.overage() && settings.roles().stream().anyMatch(row -> row.claim().equals(SignInSettings.GROUP))) {
            return new Refusal(Kind.FORBIDDEN, "entra-groups-overage",
                    "You are in more groups than a token of Entra ID can hold, so it holds none.",
                    "Have an app role assigned instead, or let the application " + settings.clientId()
                            + " emit only groups that are assigned to it.");
        }
        return claims.roles().isEmpty() && claims.groups().isEmpty()
                ? new Refusal(Kind.FORBIDDEN, "entra-not-assigned",
                        "Entra ID knows you, and has given you no role for this vault.",
                        "Have an app role of the application " + settings.clientId() + " assigned to you.")
                : new Refusal(Kind.FORBIDDEN, "entra-no-role",
                        "None of your roles and groups in Entra ID means anything to this vault.",
                        "An administrator says what they mean with 'holdfast sign-in map'.");
    }

    /** Empty when somebody else made the account meanwhile. */
    private Optional<LoginAnswer> admit(EntraClaims claims, List<String> roles, long version, String origin) {
        String token = Secrets.token();
        Instant now = clock.instant();
        Instant end = claims.expires().plus(EntraTokens.SKEW);
        Instant expires = end.isAfter(now.plus(SignIn.TOKEN_LIFE)) ? now.plus(SignIn.TOKEN_LIFE) : end;
        return catalog.write(handle -> {
            UserRow user = EntraTable.lockPerson(handle, claims.tenant(), claims.objectId()).orElse(null);
            if (user == null) {
                user = fresh(claims, roles, now, accountName(claims));
                if (!UserTable.insert(handle, user)) {
                    user = fresh(claims, roles, now, ownName(claims));
                    if (!UserTable.insert(handle, user)) {
                        return Optional.empty();
                    }
                }
                if (!EntraTable.addPerson(handle, user.id(), claims.tenant(), claims.objectId())) {
                    UserTable.delete(handle, user.id(), user.version());
                    return Optional.empty();
                }
            } else if (user.disabled()) {
                throw new Refusal(Kind.FORBIDDEN, "entra-disabled", "Your account on this vault is disabled.",
                        "Ask an administrator of the vault.");
            } else if (!user.roles().equals(roles) || !user.fullName().equals(fullName(claims))) {
                user = new UserRow(user.id(), user.name(), fullName(claims), user.passwordHash(), roles, false, false,
                        0, null, user.lastLogin(), user.created(), now, user.version() + 1);
                UserTable.update(handle, user);
            }
            if (EntraTable.find(handle).filter(EntraRow::enabled).map(EntraRow::version).orElse(0L) != version) {
                throw new Refusal(Kind.UNAVAILABLE, "busy", "The sign-in settings were changed at this moment.",
                        "Try again.");
            }
            UserTable.setAttempts(handle, user.id(), 0, null, now);
            TokenTable.insert(handle, Secrets.hash(token), user.id(), now, expires, SignIn.cut(origin));
            audit.append(handle, AuditEntry.done(user.name(), origin, "login", "users/" + user.name(), "",
                    details(claims)));
            return Optional.of(new LoginAnswer(token, expires, user.name(), roles, false));
        });
    }

    private static UserRow fresh(EntraClaims claims, List<String> roles, Instant now, String name) {
        return new UserRow(UUID.randomUUID(), name, fullName(claims), UserRow.ofEntra(claims.objectId()), roles, false,
                false, 0, null, null, now, now, 1);
    }

    private static String details(EntraClaims claims) {
        return "Entra ID, object " + claims.objectId() + (claims.application() ? " (an application)" : "")
                + (claims.fullName().isEmpty() ? "" : ", " + fullName(claims)) + ", tenant " + claims.tenant();
    }

    private static String fullName(EntraClaims claims) {
        String text = claims.fullName().replaceAll("\\p{Cntrl}", " ").strip();
        return text.length() > LONGEST_FULL_NAME ? text.substring(0, LONGEST_FULL_NAME) : text;
    }

    /** A name by the rules of accounts; one with an at sign, so that it looks like none that this vault has made. */
    private static String accountName(EntraClaims claims) {
        String name = claims.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._@-]", "-");
        name = name.matches("[a-z].*") ? name : "u" + name;
        name = name.contains("@") ? name : name + "@entra";
        return name.length() > LONGEST_NAME ? ownName(claims) : name;
    }

    /** For somebody whose name is too long, or is already somebody else's. */
    private static String ownName(EntraClaims claims) {
        return "oid-" + claims.objectId() + "@entra";
    }

    private static Refusal notOffered() {
        return new Refusal(Kind.FORBIDDEN, "entra-not-offered", "This vault does not offer sign-in with Entra ID.",
                "Sign in with an account and its password, or ask an administrator of the vault.");
    }
}
