package org.holdfast.protocol.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.protocol.common.Json;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class CredentialsFileTest {

    // Both were made for this test only.
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBiDCCAS+gAwIBAgIUDHtoz9pHjQKVgrYNuONpkbfc9IcwCgYIKoZIzj0EAwIw
            GTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjYxMTIzMDcxNTI1WhgPMjEy
            NjEwMzAwNzE1MjVaMBkxFzAVBgNVBAMMDlRlc3QgYXV0aG9yaXR5MFkwEwYHKoZI
            zj0CAQYIKoZIzj0DAQcDQgAEL2Mgm3tUqrrI/Spt/ClefMXp8UVVwnSNmjHtIdJw
            YM9NKfvxeeUJXyhKo7IreeP6UbeBh31w/ThuJdqXSQOjvKNTMFEwHQYDVR0OBBYE
            FDmGA73Itdf2rxaNu5vL2cXCWJDBMB8GA1UdIwQYMBaAFDmGA73Itdf2rxaNu5vL
            2cXCWJDBMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgIWEzBJ3+
            xSEAwr4Dfn1MGdSu2nxcxxMo3TcmU2gLuGMCIBCV9NAO71eWS24yUT9b9/aJwS/X
            viKotjeeBdnY/nii
            -----END CERTIFICATE-----
            """;
    private static final String KEY =
            "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9g9KEDqe1NB1G3THW6OsAtSa3/3TIaVs7JKehEaZHL"
                    + "OhRANCAAQvYyCbe1Squsj9Km38KV58xenxRVXCdI2aMe0h0nBgz00p+/F55QlfKEqjsit54/pRt4GHfXD9OG4l2pdJ"
                    + "A6O8";

    @Test
    void readsWhatWasWritten() throws GeneralSecurityException {
        CredentialsFile file = example();
        CredentialsFile read = CredentialsFile.read(file.bytes());
        assertEquals(file.toString(), read.toString());
        assertEquals(file.token(), read.token());
        assertEquals(file.fingerprint(), read.fingerprint());
        assertEquals("CN=Test authority", read.authority().getSubjectX500Principal().getName());
    }

    @Test
    void bearsAnotherLayoutAndPropertiesOfLaterVersions() throws GeneralSecurityException {
        String text = new String(example().bytes(), StandardCharsets.UTF_8).replace("\n", "\r\n\t");
        assertEquals("main", CredentialsFile.read(text.getBytes(StandardCharsets.UTF_8)).vault());
    }

    @Test
    void noChangedBitGoesUnnoticed() throws GeneralSecurityException {
        byte[] bytes = example().bytes();
        byte[] signed = example().signedBytes();
        int refused = 0;
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                CredentialsFile read = CredentialsFile.read(changed);
                assertTrue(Arrays.equals(signed, read.signedBytes()), "bit " + bit);
            } catch (HoldfastException e) {
                assertTrue(e.problem() == Problem.SIGNATURE_INVALID || e.problem() == Problem.INVALID_REQUEST);
                refused++;
            }
        }
        assertTrue(refused > bytes.length * 7, "refused " + refused + " of " + bytes.length * 8);
    }

    @Test
    void refusesAnAddedProperty() throws GeneralSecurityException {
        String text = new String(example().bytes(), StandardCharsets.UTF_8).replaceFirst("\\{", "{\"more\":true,");
        HoldfastException e = assertThrows(HoldfastException.class,
                () -> CredentialsFile.read(text.getBytes(StandardCharsets.UTF_8)));
        assertEquals(Problem.SIGNATURE_INVALID, e.problem());
    }

    @Test
    void refusesARepeatedProperty() throws GeneralSecurityException {
        String text = new String(example().bytes(), StandardCharsets.UTF_8).replaceFirst("\\{",
                "{\"vault\":\"other\",");
        assertThrows(HoldfastException.class, () -> CredentialsFile.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesOtherFiles() {
        for (String text : List.of("", "{", "[]", "{}", "{\"format\":\"holdfast-credentials\"}",
                "{\"format\":\"holdfast-credentials\",\"version\":1}", "x".repeat(100_000))) {
            assertThrows(HoldfastException.class, () -> CredentialsFile.read(text.getBytes(StandardCharsets.UTF_8)),
                    text);
        }
    }

    @Test
    void tellsNoSecret() throws GeneralSecurityException {
        assertFalse(example().toString().contains(example().token()));
    }

    @Test
    void writesOneCanonicalForm() throws Exception {
        JsonNode node = Json.mapper().readTree("{\"b\":[1,-2,true,null],\"\\u20ac\":\"\\u0001\\n\\\"\\/\",\"a\":{}}");
        assertEquals("{\"a\":{},\"b\":[1,-2,true,null],\"\u20ac\":\"\\u0001\\n\\\"/\"}",
                new String(CanonicalJson.bytes(node), StandardCharsets.UTF_8));
        assertThrows(IllegalArgumentException.class,
                () -> CanonicalJson.bytes(Json.mapper().readTree("{\"a\":1.5}")));
    }

    /** The example of RFC 8785, section 3.2.3: sorted by UTF-16 units, not by code points. */
    @Test
    void sortsAsTheStandardDoes() throws Exception {
        JsonNode node = Json.mapper().readTree("""
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                 "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}""");
        String written = new String(CanonicalJson.bytes(node), StandardCharsets.UTF_8);

        assertEquals(List.of("Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
                "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"),
                Json.mapper().readTree(written).valueStream().map(JsonNode::textValue).toList());
        assertTrue(written.startsWith("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":"), written);
    }

    private static CredentialsFile example() throws GeneralSecurityException {
        CredentialsFile file = new CredentialsFile(CredentialsFile.FORMAT, CredentialsFile.VERSION,
                List.of("vault.example:8443", "10.0.0.1:8443"), CERTIFICATE, "main",
                "0c6d4a4e-9f0a-4c5c-8a35-111111111111", null, List.of("site=berlin"), "AbCdEf0123456789",
                Instant.parse("2026-12-03T10:15:30.500Z"), 3, null);
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(KEY)));
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key);
        signer.update(file.signedBytes());
        return file.signed(signer.sign());
    }
}
