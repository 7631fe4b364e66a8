package org.holdfast.vault.people;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.people.EntraCheck;
import org.holdfast.protocol.people.EntraMapping;
import org.holdfast.protocol.people.EntraOffer;
import org.holdfast.protocol.people.EntraSettings;
import org.holdfast.protocol.people.SignInMethods;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.people.EntraRow;
import org.holdfast.vault.catalog.people.EntraRow.Mapping;
import org.holdfast.vault.catalog.people.EntraTable;
import org.holdfast.vault.catalog.people.UserTable;
import org.holdfast.vault.people.entra.Authority;
import org.holdfast.vault.people.entra.EntraKeys;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * How people sign in. In the catalogue, so that all nodes of a vault agree. A change is critical: who decides what
 * roles of a tenant mean decides who may do what. It ends the sessions of everybody who came from Entra ID.
 * Thread-safe.
 */
@Component(service = SignInSettings.class)
public final class SignInSettings {
    /** The claim of app roles. */
    public static final String ROLE = "role";
    /** The claim of groups. */
    public static final String GROUP = "group";
    /** The authority of the public cloud. */
    public static final String PUBLIC = "https://login.microsoftonline.com/";

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int MOST_MAPPINGS = 200;
    private static final int LONGEST_VALUE = 200;
    private static final int LONGEST_ADDRESS = 200;
    private static final List<Mapping> USUAL = List.of(
            new Mapping(ROLE, Role.ADMINISTRATOR.wireName(), Role.ADMINISTRATOR.wireName()),
            new Mapping(ROLE, Role.OPERATOR.wireName(), Role.OPERATOR.wireName()),
            new Mapping(ROLE, Role.READER.wireName(), Role.READER.wireName()));

    private final Catalog catalog;
    private final Clock clock;
    private final EntraKeys keys;

    /** Over a catalogue. */
    @Activate
    public SignInSettings(@Reference Catalog catalog, @Reference Clock clock, @Reference EntraKeys keys) {
        this.catalog = catalog;
        this.clock = clock;
        this.keys = keys;
    }

    /** The ways that are offered. */
    public SignInMethods methods() {
        EntraRow row = row();
        return new SignInMethods(row.breakGlass() == null, row.enabled()
                ? new EntraOffer(row.authority(), row.tenant(), row.clientId(), row.clientId() + "/.default")
                : null);
    }

    /** The settings. */
    public Versioned get() {
        return view(row());
    }

    /**
     * Settings with their version.
     *
     * @param settings the settings
     * @param version grows with each change, 0 before the first
     */
    public record Versioned(EntraSettings settings, long version) {
    }

    /**
     * Replaces the settings.
     *
     * @param version the version that is replaced
     * @throws Refusal with code {@code changed-meanwhile}, {@code invalid-request} or {@code break-glass-unfit}
     */
    public Versioned put(EntraSettings wanted, long version) {
        EntraRow next = checked(wanted, version + 1, clock.instant());
        return catalog.write(handle -> {
            EntraRow before = EntraTable.find(handle).orElseGet(SignInSettings::nothing);
            if (before.version() != version) {
                throw changed();
            }
            requireBreakGlass(handle, next);
            Critical.require("change the sign-in settings to " + describe(next));
            if (!EntraTable.save(handle, next)) {
                throw changed();
            }
            EntraTable.endSessions(handle);
            String only = next.breakGlass();
            if (only != null) {
                EntraTable.endLocalSessions(handle, only);
            }
            return view(next);
        });
    }

    /** Reads the keys of the authority now. */
    public EntraCheck check() {
        EntraRow row = row();
        if (row.tenant().isEmpty()) {
            return new EntraCheck(false, null, 0, "no tenant is set");
        }
        EntraKeys.State state = keys.check(new Authority(row.authority(), row.tenant(), row.ca()));
        return new EntraCheck(state.problem() == null, state.issuer(), state.keys(), state.problem());
    }

    /** What settings come to, for the audit and for the one who approves them. */
    public static String describe(EntraSettings wanted) {
        return describe(checked(wanted, 1, Instant.EPOCH));
    }

    private static String describe(EntraRow row) {
        return (row.enabled() ? "tenant " + row.tenant() + ", application " + row.clientId() : "no Entra ID")
                + (row.authority().equals(PUBLIC) ? "" : ", authority " + row.authority())
                + (row.ca().isEmpty() ? "" : ", certificates " + Secrets.hash(row.ca()).substring(0, 16))
                + ", local accounts " + (row.breakGlass() == null ? "on" : "off but " + row.breakGlass()) + ", roles "
                + String.join(" ",
                        row.roles().stream().map(r -> r.claim() + ":" + r.value() + "=" + r.role()).toList());
    }

    private EntraRow row() {
        return catalog.read(EntraTable::find).orElseGet(SignInSettings::nothing);
    }

    private static EntraRow nothing() {
        return new EntraRow(false, "", "", PUBLIC, "", null, USUAL, Instant.EPOCH, 0);
    }

    private static EntraRow checked(EntraSettings wanted, long version, Instant now) {
        String breakGlass = wanted.breakGlass() == null || wanted.breakGlass().isBlank() ? null
                : wanted.breakGlass().strip().toLowerCase(Locale.ROOT);
        if (breakGlass != null && !wanted.enabled()) {
            throw Refusal.invalid("breakGlass", "Local accounts are off only while sign-in with Entra ID is on.");
        }
        return new EntraRow(wanted.enabled(), uuid(wanted.tenant(), "tenant", wanted.enabled()),
                uuid(wanted.clientId(), "clientId", wanted.enabled()), authority(wanted.authority()), ca(wanted.ca()),
                breakGlass, mappings(wanted.roles()), now, version);
    }

    private static String uuid(String text, String field, boolean needed) {
        String id = text.strip().toLowerCase(Locale.ROOT);
        if (!UUID.matcher(id).matches() && (needed || !id.isEmpty())) {
            throw Refusal.invalid(field, "That is a UUID, such as 8f1a3f0e-7a3c-4b52-9a11-3f7b5d2c6e10.");
        }
        return id;
    }

    private static String authority(@Nullable String text) {
        String address = text == null || text.isBlank() ? PUBLIC : text.strip();
        address = address.endsWith("/") ? address : address + "/";
        try {
            URI uri = URI.create(address);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null && address.length() <= LONGEST_ADDRESS) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("authority", "The authority is no address: " + e.getMessage() + ".");
        }
        throw Refusal.invalid("authority", "The authority is an address that begins with https://.");
    }

    private static String ca(@Nullable String pem) {
        if (pem == null || pem.isBlank()) {
            return "";
        }
        try {
            Authority.context(pem);
            return pem.strip() + "\n";
        } catch (IOException e) {
            throw Refusal.invalid("ca", "These are no certificates in PEM: " + e.getMessage() + ".");
        }
    }

    private static List<Mapping> mappings(@Nullable List<EntraMapping> wanted) {
        if (wanted == null) {
            return USUAL;
        }
        if (wanted.size() > MOST_MAPPINGS) {
            throw Refusal.invalid("roles", "There are at most " + MOST_MAPPINGS + " of them.");
        }
        return wanted.stream().map(SignInSettings::mapping).distinct().toList();
    }

    private static Mapping mapping(EntraMapping wanted) {
        String claim = Objects.requireNonNullElse(wanted.claim(), "");
        String value = Objects.requireNonNullElse(wanted.value(), "").strip();
        boolean group = claim.equals(GROUP);
        value = group ? value.toLowerCase(Locale.ROOT) : value;
        if (!group && !claim.equals(ROLE)) {
            throw Refusal.invalid("roles", "A claim is role or group.");
        }
        if (group && !UUID.matcher(value).matches()) {
            throw Refusal.invalid("roles", "A group is named by its object id, a UUID.");
        }
        if (value.isEmpty() || value.length() > LONGEST_VALUE || value.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid("roles", "The value of a role has 1 to " + LONGEST_VALUE + " printable characters.");
        }
        return new Mapping(claim, value, Role.of(Objects.requireNonNullElse(wanted.role(), ""))
                .orElseThrow(() -> Refusal.invalid("roles", "There is no such role.")).wireName());
    }

    private static void requireBreakGlass(Handle handle, EntraRow next) {
        String name = next.breakGlass();
        // Locks all: nobody may take that account's rights away at the same moment.
        if (name != null && UserTable.lockAll(handle).stream().noneMatch(row -> row.name().equals(name)
                && Accounts.isLocalAdministrator(row) && !row.mustChange())) {
            throw new Refusal(Kind.CONFLICT, "break-glass-unfit",
                    name + " is no local administrator who can sign in with a password of their own.",
                    "Local accounts can be switched off only while there is one such account for emergencies.",
                    "breakGlass");
        }
    }

    private static Versioned view(EntraRow row) {
        return new Versioned(new EntraSettings(row.enabled(), row.tenant(), row.clientId(), row.authority(),
                row.ca().isEmpty() ? null : row.ca(), row.breakGlass(),
                row.roles().stream().map(r -> new EntraMapping(r.claim(), r.value(), r.role())).toList()),
                row.version());
    }

    private static Refusal changed() {
        return new Refusal(Kind.CHANGED, "changed-meanwhile", "Somebody has changed the sign-in settings meanwhile.",
                "Read them again.");
    }
}
