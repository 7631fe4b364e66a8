package org.holdfast.keys.azure.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

import com.fasterxml.jackson.databind.JsonNode;

/** The keys of Key Vaults, which never leave them. */
public final class Keys {
    private static final String ALGORITHM = "RSA-OAEP-256";

    private final Calls calls;

    Keys(Calls calls) {
        this.calls = calls;
    }

    /** Bytes, and the version of the key they were encrypted with. */
    public record Wrapped(Place key, byte[] bytes) {
    }

    /** Encrypts bytes with a key, RSA-OAEP with SHA-256. */
    public Wrapped wrap(Place key, byte[] secret) throws IOException {
        JsonNode answer = apply(key.version().isEmpty() ? newest(key) : key, "wrap with keys", "wrapkey", secret);
        Place used = Place.parse(answer.path("kid").asText(""), Place.KEYS);
        return new Wrapped(key.named(used.name()).at(used.version()), value(answer));
    }

    /** Decrypts bytes. */
    public byte[] unwrap(Wrapped wrapped) throws IOException {
        return value(apply(wrapped.key(), "unwrap with keys", "unwrapkey", wrapped.bytes()));
    }

    private JsonNode apply(Place key, String action, String verb, byte[] bytes) throws IOException {
        String path = "/keys/" + key.name() + "/" + key.version() + "/" + verb + "?" + Calls.VERSION;
        byte[] body = Calls.JSON.writeValueAsBytes(Calls.JSON.createObjectNode().put("alg", ALGORITHM).put("value",
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
        try {
            return Calls.JSON.readTree(calls.send(key, action, "POST", path, body));
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /** The version of a key that is used for new things. */
    private Place newest(Place key) throws IOException {
        JsonNode answer = Calls.JSON.readTree(calls.send(key, "get keys", "GET", "/keys/" + key.name() + "?"
                + Calls.VERSION, null));
        Place there = Place.parse(answer.path("key").path("kid").asText(""), Place.KEYS);
        return key.named(there.name()).at(there.version());
    }

    private static byte[] value(JsonNode answer) throws IOException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(answer.path("value").asText(""));
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the answer of the Key Vault holds no value", e);
        }
        throw new IOException("the answer of the Key Vault holds no value");
    }
}
