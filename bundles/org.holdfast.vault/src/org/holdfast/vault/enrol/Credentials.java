package org.holdfast.vault.enrol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.CredentialsView;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.nodes.NodeTable;
import org.holdfast.vault.catalog.people.CredentialsRow;
import org.holdfast.vault.catalog.people.CredentialsTable;
import org.holdfast.vault.fleet.Alerts;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.nodes.ThisNode;
import org.holdfast.vault.pki.Pki;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Vault credentials files: made and signed, given out once, counted, revoked. The vault keeps a hash of the secret, so
 * a file that was lost cannot be given out again. Thread-safe.
 */
@Component(service = Credentials.class)
public final class Credentials {

    /** For how many days a file counts when nobody says otherwise. */
    public static final int DEFAULT_DAYS = 10;

    private static final int MOST_DAYS = 3650;
    private static final int MOST_USES = 100_000;
    private static final int MOST_TAGS = 50;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
    private static final Pattern POLICY = Pattern.compile("[^\\p{Cc}]{1,64}");

    private final Catalog catalog;
    private final Clock clock;
    private final Pki pki;
    private final Vaults vaults;
    private final VaultSettings settings;
    private final Alerts alerts;

    /** Over a catalogue. */
    @Activate
    public Credentials(@Reference Catalog catalog, @Reference Clock clock, @Reference Pki pki,
            @Reference Vaults vaults, @Reference VaultSettings settings, @Reference Alerts alerts) {
        this.catalog = catalog;
        this.clock = clock;
        this.pki = pki;
        this.vaults = vaults;
        this.settings = settings;
        this.alerts = alerts;
    }

    /**
     * Makes a file.
     *
     * @param vault name of the vault
     * @param by name of the account that asks for it
     * @throws Refusal when the vault is not there, or a value cannot be
     */
    public CredentialsFile create(String vault, CreateCredentials wanted, String by) {
        return create(vault, wanted, by, made -> {
        });
    }

    /**
     * Makes a file, as {@link #create(String, CreateCredentials, String)}.
     *
     * @param made is told the file before it counts, perhaps more than once
     */
    public CredentialsFile create(String vault, CreateCredentials wanted, String by,
            Consumer<CredentialsFile> made) {
        int days = within("days", wanted.days() == null ? DEFAULT_DAYS : wanted.days(), MOST_DAYS);
        int uses = within("uses", wanted.uses() == null ? 1 : wanted.uses(), MOST_USES);
        List<String> tags = tags(wanted.tags());
        String policy = wanted.policy();
        if (policy != null && !POLICY.matcher(policy).matches()) {
            throw Refusal.invalid("policy", "The name of a policy has 1 to 64 characters.");
        }
        UUID vaultId = vaults.id(vault);
        String name = vaults.name(vaultId).orElseThrow(() -> Refusal.notFound("vault"));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        CredentialsToken token = CredentialsToken.create();
        CredentialsFile unsigned = new CredentialsFile(CredentialsFile.FORMAT, CredentialsFile.VERSION,
                addresses(), pki.authorityPem(), name, vaultId.toString(), policy, tags, token.text(),
                now.plus(Duration.ofDays(days)), uses, null);
        CredentialsFile file = unsigned.signed(pki.sign(unsigned.signedBytes()));
        catalog.run(handle -> {
            CredentialsTable.insert(handle, new CredentialsRow(token.id(), vaultId, token.hash(), file.fingerprint(),
                    policy, tags, uses, uses, now, by, file.expires(), null));
            made.accept(file);
        });
        return file;
    }

    /** Those of this node first, then those of the other nodes that are alive. */
    private List<String> addresses() {
        var all = new LinkedHashSet<>(settings.publicAddresses());
        catalog.read(NodeTable::present).stream().filter(ThisNode::isAlive)
                .forEach(node -> all.addAll(List.of(node.addresses().split(","))));
        return List.copyOf(all);
    }

    /** The id of a file that was just made. */
    public static String idOf(CredentialsFile file) {
        return CredentialsToken.parse(file.token()).orElseThrow().id().toString();
    }

    /** A page of the files that were given out for a vault. */
    public Page<CredentialsView> list(String vault, ListRequest request) {
        UUID id = vaults.id(vault);
        Page<CredentialsRow> page = catalog.read(handle -> CredentialsTable.list(handle, id, request));
        return new Page<>(page.items().stream().map(this::view).toList(), page.next(), page.total());
    }

    /** @throws Refusal of kind NOT_FOUND */
    public CredentialsView get(String vault, String id) {
        UUID vaultId = vaults.id(vault);
        UUID wanted = id(id);
        return catalog.read(handle -> CredentialsTable.byId(handle, wanted))
                .filter(row -> row.vaultId().equals(vaultId)).map(this::view).orElseThrow(Credentials::unknown);
    }

    /**
     * Revokes a file; servers that were registered with it stay. Revoking again does nothing.
     *
     * @throws Refusal of kind NOT_FOUND
     */
    public void revoke(String vault, String id) {
        UUID vaultId = vaults.id(vault);
        UUID wanted = id(id);
        catalog.run(handle -> {
            CredentialsTable.lock(handle, wanted).filter(row -> row.vaultId().equals(vaultId))
                    .orElseThrow(Credentials::unknown);
            CredentialsTable.revoke(handle, wanted, clock.instant());
        });
        settle(vaultId, wanted);
    }

    /**
     * Takes one use of a file, in the transaction of a handle.
     *
     * @param text the token
     * @param fingerprint of the file as the agent has it, or null when it does not tell
     * @throws Refusal with code {@code credentials-unknown}, {@code credentials-altered}, {@code credentials-revoked},
     *         {@code credentials-expired} or {@code credentials-exhausted}
     */
    CredentialsRow use(Handle handle, String text, @Nullable String fingerprint) {
        CredentialsToken token = CredentialsToken.parse(text).orElseThrow(Credentials::strange);
        CredentialsRow row = CredentialsTable.lock(handle, token.id()).orElseThrow(Credentials::strange);
        if (!same(token.hash(), row.tokenHash()) || fingerprint != null && !same(fingerprint, row.fingerprint())) {
            throw new Refusal(Kind.UNAUTHENTICATED, CredentialsFile.ALTERED,
                    "The vault credentials file is not as the vault has made it.", "Download a new file.");
        }
        Instant now = clock.instant();
        if (row.revoked() != null) {
            throw new Refusal(Kind.FORBIDDEN, "credentials-revoked", "The vault credentials file was revoked.",
                    "Ask the vault's administrator for a new one.");
        }
        if (!now.isBefore(row.expires())) {
            throw new Refusal(Kind.FORBIDDEN, "credentials-expired",
                    "The vault credentials file counted until " + row.expires() + ".", "Download a new file.");
        }
        if (!CredentialsTable.take(handle, row.id())) {
            throw new Refusal(Kind.FORBIDDEN, "credentials-exhausted",
                    "The vault credentials file was for " + row.usesTotal() + " servers, and all are registered.",
                    "Download a new file.");
        }
        return row;
    }

    /** After a use was taken: nobody need be told of the end of a file that is used up. */
    void used(CredentialsRow before) {
        if (before.usesLeft() <= 1) {
            settle(before.vaultId(), before.id());
        }
    }

    private void settle(UUID vault, UUID file) {
        alerts.settle(AlertKind.CREDENTIALS_EXPIRING, vault, file.toString());
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static Refusal strange() {
        return new Refusal(Kind.UNAUTHENTICATED, "credentials-unknown",
                "This vault has not made that vault credentials file.",
                "Check that it is of this vault, or download a new one.");
    }

    private static Refusal unknown() {
        return Refusal.notFound("vault credentials");
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static int within(String field, int value, int most) {
        if (value < 1 || value > most) {
            throw Refusal.invalid(field, "A number from 1 to " + most + " is expected.");
        }
        return value;
    }

    private static List<String> tags(List<String> wanted) {
        if (wanted.size() > MOST_TAGS) {
            throw Refusal.invalid("tags", "At most " + MOST_TAGS + " tags are possible.");
        }
        for (String tag : wanted) {
            if (!TAG.matcher(tag).matches()) {
                throw Refusal.invalid("tags", "A tag has 1 to 64 letters, digits, dots, underscores, colons and hyphens"
                        + " and starts with a letter or digit.");
            }
        }
        return List.copyOf(new TreeSet<>(wanted));
    }

    private CredentialsView view(CredentialsRow row) {
        String state = row.revoked() != null ? "revoked"
                : !clock.instant().isBefore(row.expires()) ? "expired" : row.usesLeft() == 0 ? "exhausted" : "active";
        return new CredentialsView(row.id().toString(), row.policy(), row.tags(), row.usesTotal(), row.usesLeft(),
                row.created(), row.createdBy(), row.expires(), row.revoked(), state);
    }
}
