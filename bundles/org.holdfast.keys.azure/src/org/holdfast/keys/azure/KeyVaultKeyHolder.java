package org.holdfast.keys.azure;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.keys.KeyFinding;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.api.spi.keys.KeyNote;
import org.holdfast.keys.azure.internal.Place;
import org.holdfast.keys.azure.internal.Secrets;
import org.holdfast.keys.azure.internal.Service;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Passphrases as secrets of Azure Key Vault, {@code keyvault://NAME.vault.azure.net[/SECRET[/VERSION]]}; the URLs that
 * Azure shows are taken as well. Who this program is there comes from its environment, see
 * {@link org.holdfast.azure.AzureSettings}. Nothing is ever deleted: what is stored is a new version, and what is
 * removed is disabled.
 */
@Component(service = KeyHolder.class)
public final class KeyVaultKeyHolder implements KeyHolder {
    /** What {@link #scheme()} says. */
    public static final String SCHEME = Place.SCHEME;
    /** Content type of secrets that are passphrases. */
    public static final String CONTENT_TYPE = "application/x-holdfast-passphrase";
    private static final String FORMAT = "format";
    private static final String FORMAT_1 = "holdfast-passphrase-1";
    private static final String STATE = "state";
    /** Azure allows 256 characters in a tag. */
    private static final int MOST_TAG = 256;
    private static final int RECOVERY_TRIES = 20;

    private final Service service;
    private final Duration pause;

    /** With the environment of this process. */
    @Activate
    public KeyVaultKeyHolder() {
        this(System.getenv());
    }

    /** @param variables in the place of those of the environment */
    public KeyVaultKeyHolder(Map<String, String> variables) {
        this(variables, Duration.ofSeconds(1));
    }

    /**
     * Puts it together by hand.
     *
     * @param variables in the place of those of the environment
     * @param wait before the second try of what was refused for now
     */
    public KeyVaultKeyHolder(Map<String, String> variables, Duration wait) {
        service = new Service(variables, wait);
        pause = wait;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public boolean keepsVersions() {
        return true;
    }

    /**
     * The location of what a person has given: the address of a Key Vault, or the identifier of a secret.
     *
     * @throws HoldfastException when it is none
     */
    public static String location(String text) {
        return Place.parse(text, Place.SECRETS).location();
    }

    /** The identifier that Azure shows for a location. */
    public static String identifier(String location) {
        return Place.parse(location, Place.SECRETS).id();
    }

    /** Whether a location is the address of a whole Key Vault, and no secret in it. */
    public static boolean isVault(String location) {
        return Place.parse(location, Place.SECRETS).isVault();
    }

    private static Place place(String location) {
        return Place.parse(location, Place.SECRETS);
    }

    @Override
    public void check(String location, List<RawPath> protectedPaths) {
        service.requireCloud(place(location));
    }

    @Override
    public String locate(String location, KeyNote note) {
        Place place = place(location);
        return (place.isVault() ? place.named(Place.nameFor(note.vault(), note.host(), note.unique())) : place.at(""))
                .location();
    }

    @Override
    public void store(String location, String label, char[] passphrase) throws IOException {
        if (isVault(location)) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + location + "' names no secret.",
                    "Add the name of the secret.");
        }
        keep(location, new KeyNote("", label, label), passphrase);
    }

    @Override
    public String keep(String location, KeyNote note, char[] passphrase) throws IOException {
        Place place = place(locate(location, note));
        Map<String, String> tags = new TreeMap<>(note.tags());
        tags.put(FORMAT, FORMAT_1);
        tags.put(KeyNote.VAULT, note.vault());
        tags.put(KeyNote.HOST, note.host());
        tags.replaceAll((name, value) -> value.substring(0, Math.min(MOST_TAG, value.length())));
        tags.values().removeIf(String::isEmpty);
        Secrets secrets = service.secrets();
        Place exact = set(secrets, place, note.recover(), passphrase, tags);
        char[] back = secrets.get(exact);
        try {
            if (!Arrays.equals(back, passphrase)) {
                remove(exact.location());
                throw Service.notKept(exact);
            }
        } finally {
            Arrays.fill(back, '\0');
        }
        return exact.location();
    }

    private Place set(Secrets secrets, Place place, boolean recover, char[] passphrase, Map<String, String> tags)
            throws IOException {
        if (recover) {
            bringBack(secrets, place);
        }
        return secrets.set(place, passphrase, CONTENT_TYPE, tags).place();
    }

    /** Recovery of a secret goes on after its answer; until it is there it can neither be read nor set. */
    private void bringBack(Secrets secrets, Place place) throws IOException {
        try {
            secrets.recover(place);
        } catch (NoSuchFileException e) {
            return; // nothing deleted has that name
        }
        for (int attempt = 0; attempt < RECOVERY_TRIES; attempt++) {
            try {
                secrets.versions(place);
                return;
            } catch (NoSuchFileException e) {
                try {
                    new java.util.concurrent.CountDownLatch(1).await(pause.toMillis(),
                            java.util.concurrent.TimeUnit.MILLISECONDS);
                } catch (InterruptedException i) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while a secret was recovered", i);
                }
            }
        }
    }

    @Override
    public char[] read(String location) throws IOException {
        Place place = place(location);
        if (!place.version().isEmpty()) {
            return service.secrets().get(place);
        }
        if (place.isVault()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + place.id() + "' is a whole Key Vault.",
                    "Name the secret as well: " + place.url() + "/secrets/NAME.");
        }
        List<String> all = versions(location);
        if (all.isEmpty()) {
            throw new NoSuchFileException(place.id(), null, "all its versions are disabled");
        }
        return read(all.getFirst());
    }

    @Override
    public boolean remove(String location) throws IOException {
        Place place = place(location);
        if (place.version().isEmpty()) {
            // Other versions may be what opens older slots; nobody has said which one it is about.
            return false;
        }
        try {
            service.secrets().update(place, false, Map.of(STATE, "not-used"));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void annotate(String location, Map<String, String> facts) throws IOException {
        Place place = place(location);
        String version = place.version().isEmpty() ? place(versions(location).getFirst()).version() : place.version();
        service.secrets().update(place.at(version), true, facts);
    }

    @Override
    public List<String> versions(String location) throws IOException {
        Place place = place(location);
        if (!place.version().isEmpty()) {
            return List.of(location);
        }
        return service.secrets().versions(place).stream().filter(Secrets.Version::enabled)
                .map(version -> version.place().location()).toList();
    }

    @Override
    public List<String> find(String location, Map<String, String> facts) throws IOException {
        Place place = place(location);
        if (!place.isVault()) {
            return List.of(location);
        }
        return service.secrets().all(place).stream()
                .filter(secret -> facts.entrySet().stream()
                        .allMatch(fact -> fact.getValue().equals(secret.tags().get(fact.getKey()))))
                .map(secret -> secret.place().at("").location()).toList();
    }

    @Override
    public List<KeyFinding> examine(String location) {
        List<KeyFinding> found = new ArrayList<>();
        try {
            new Examination(service, place(location)).run(found);
        } catch (HoldfastException e) {
            found.add(new KeyFinding("key-vault", KeyFinding.Level.FAILED, String.valueOf(e.getMessage()),
                    e.advice()));
        } catch (IOException e) {
            found.add(new KeyFinding("key-vault", KeyFinding.Level.FAILED, String.valueOf(e.getMessage()), ""));
        }
        return found;
    }
}
