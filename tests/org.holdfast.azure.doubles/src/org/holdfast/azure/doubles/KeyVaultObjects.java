package org.holdfast.azure.doubles;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a Key Vault holds. */
final class KeyVaultObjects {
    private static final ObjectMapper JSON = new ObjectMapper();

    private KeyVaultObjects() {
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    record Secret(String name, List<Version> versions) {
        Version newest() {
            return versions.getLast();
        }

        Version version(String id) {
            return versions.stream().filter(v -> v.id.equals(id)).findFirst().orElse(null);
        }
    }

    static final class Version {
        final String id = newId();
        final String value;
        final Instant created;
        final Map<String, String> tags = new TreeMap<>();
        Instant updated;
        String contentType = "";
        boolean enabled = true;

        Version(String value, Instant now) {
            this.value = value;
            created = now;
            updated = now;
        }

        /** Takes what a body says; tags are replaced as a whole. */
        void change(JsonNode body, Instant now) {
            updated = now;
            contentType = body.path("contentType").asText(contentType);
            enabled = body.path("attributes").path("enabled").asBoolean(enabled);
            if (body.has("tags")) {
                tags.clear();
                body.path("tags").properties().forEach(e -> tags.put(e.getKey(), e.getValue().asText()));
            }
        }
    }

    record KeyVersion(String id, KeyPair pair, Instant created) {
        static KeyVersion make(Instant now) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return new KeyVersion(newId(), generator.generateKeyPair(), now);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        ObjectNode bundle(String id, String recoveryLevel) {
            RSAPublicKey key = (RSAPublicKey) pair.getPublic();
            ObjectNode out = JSON.createObjectNode();
            ObjectNode jwk = out.putObject("key").put("kid", id).put("kty", "RSA").put("n", number(key.getModulus()))
                    .put("e", number(key.getPublicExponent()));
            jwk.putArray("key_ops").add("wrapKey").add("unwrapKey");
            out.putObject("attributes").put("enabled", true).put("created", created.getEpochSecond())
                    .put("updated", created.getEpochSecond()).put("recoveryLevel", recoveryLevel);
            return out;
        }

        private static String number(BigInteger value) {
            byte[] bytes = value.toByteArray();
            int skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
            return encoded(Arrays.copyOfRange(bytes, skip, bytes.length));
        }

        private static String encoded(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        /**
         * Wraps or unwraps, RFC 8017 with SHA-256 in both places.
         *
         * @throws IllegalArgumentException when the algorithm or the value is not good
         */
        String apply(String verb, String algorithm, String value) {
            if (!algorithm.equals("RSA-OAEP-256")) {
                throw new IllegalArgumentException("Algorithm " + algorithm + " is not supported by this double.");
            }
            try {
                Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
                var parameters = new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256,
                        PSource.PSpecified.DEFAULT);
                if (verb.equals("wrapkey")) {
                    cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic(), parameters);
                } else {
                    cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate(), parameters);
                }
                return encoded(cipher.doFinal(Base64.getUrlDecoder().decode(value)));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("The value cannot be used with this key.", e);
            }
        }
    }
}
