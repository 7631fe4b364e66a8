package org.holdfast.keys.azure;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.keys.KeyWrapper;
import org.holdfast.keys.azure.internal.Keys;
import org.holdfast.keys.azure.internal.Place;
import org.holdfast.keys.azure.internal.Service;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Wraps with RSA keys of Azure Key Vault, RSA-OAEP with SHA-256; a key is named by the identifier that Azure shows,
 * {@code https://NAME.vault.azure.net/keys/KEY[/VERSION]}.
 */
@Component(service = KeyWrapper.class)
public final class KeyVaultWrapper implements KeyWrapper {
    private final Service service;

    /** With the environment of this process. */
    @Activate
    public KeyVaultWrapper() {
        this(System.getenv());
    }

    /** @param variables in the place of those of the environment */
    public KeyVaultWrapper(Map<String, String> variables) {
        this(variables, Duration.ofSeconds(1));
    }

    /**
     * Puts it together by hand.
     *
     * @param variables in the place of those of the environment
     * @param wait before the second try of what was refused for now
     */
    public KeyVaultWrapper(Map<String, String> variables, Duration wait) {
        service = new Service(variables, wait);
    }

    @Override
    public boolean accepts(String key) {
        return key.startsWith("https://") && key.contains("/" + Place.KEYS + "/");
    }

    private static Place place(String key) {
        Place place = Place.parse(key, Place.KEYS);
        if (place.isVault()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + key + "' names no key.",
                    "Give the identifier of a key: https://NAME.vault.azure.net/keys/KEY.");
        }
        return place;
    }

    @Override
    public Wrapped wrap(String key, byte[] secret) throws IOException {
        Place place = place(key);
        try {
            Keys.Wrapped wrapped = service.keys().wrap(place, secret);
            return new Wrapped(wrapped.key().id(), wrapped.bytes());
        } catch (NoSuchFileException e) {
            throw missing(place, e);
        }
    }

    @Override
    public byte[] unwrap(Wrapped wrapped) throws IOException {
        Place place = place(wrapped.key());
        try {
            return service.keys().unwrap(new Keys.Wrapped(place, wrapped.bytes()));
        } catch (NoSuchFileException e) {
            throw missing(place, e);
        }
    }

    private static HoldfastException missing(Place place, NoSuchFileException e) {
        return new HoldfastException(Problem.ACCESS_DENIED, "There is no key '" + place.id() + "'.",
                "Check its name. A deleted key can be brought back: az keyvault key recover.", e);
    }
}
