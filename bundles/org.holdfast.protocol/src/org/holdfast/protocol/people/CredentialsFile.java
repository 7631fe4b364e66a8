package org.holdfast.protocol.people;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.protocol.common.Json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A vault credentials file: what a server needs to register with a vault for the first time. It is signed by the
 * vault's authority, whose certificate it carries, and holds no private key. Whoever has it can register as many
 * servers as it says until it expires, so it is to be kept like a password for that long.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format, {@value #VERSION}
 * @param addresses {@code host:port} of the vault, the preferred one first
 * @param ca certificate of the vault's authority, PEM
 * @param vault name of the vault
 * @param vaultId its id
 * @param policy name of the policy that the server starts with, or null
 * @param tags that the server gets
 * @param token the secret
 * @param expires until when it counts
 * @param uses how many servers it registers
 * @param signature ECDSA with SHA-256 by the authority over the canonical JSON of everything else (RFC 8785), DER
 */
public record CredentialsFile(String format, int version, List<String> addresses, String ca, String vault,
        String vaultId, @Nullable String policy, List<String> tags, String token, Instant expires, int uses,
        byte @Nullable [] signature) {

    /** What the file says it is. */
    public static final String FORMAT = "holdfast-credentials";
    /** The one version there is. */
    public static final int VERSION = 1;
    /** Code of the refusal of a file whose signature does not fit. */
    public static final String ALTERED = "credentials-altered";
    /** The longest file in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final String SIGNATURE_ALGORITHM = "SHA256withECDSA";
    private static final ObjectReader STRICT = Json.mapper().readerFor(JsonNode.class)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Copies; what is missing is empty. */
    public CredentialsFile {
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
        tags = tags == null ? List.of() : List.copyOf(tags);
    }

    /**
     * Reads a file and checks its signature with the certificate it carries. That proves that nobody has changed it on
     * its way; who made it is proven by the one who handed it over. Whether it has expired is decided by the vault,
     * since the clock of a new server may be wrong.
     *
     * @throws HoldfastException with {@link Problem#INVALID_REQUEST} when it is no such file or of a later version,
     *         with {@link Problem#SIGNATURE_INVALID} when it has been altered
     */
    public static CredentialsFile read(byte[] bytes) {
        ObjectNode tree = tree(bytes);
        if (!FORMAT.equals(tree.path("format").textValue())) {
            throw unreadable("this is not a vault credentials file", null);
        }
        if (tree.path("version").asInt() != VERSION) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "this vault credentials file is of a version that is not known here",
                    "Install the agent that the vault offers, then try again.");
        }
        try {
            CredentialsFile file = Json.mapper().treeToValue(tree, CredentialsFile.class);
            if (file.signature == null || file.ca == null || file.token == null || file.vault == null
                    || file.vaultId == null || file.expires == null || file.addresses.isEmpty()) {
                throw altered(null);
            }
            X509Certificate authority = file.authority();
            authority.verify(authority.getPublicKey());
            Signature verifier = Signature.getInstance(SIGNATURE_ALGORITHM);
            verifier.initVerify(authority.getPublicKey());
            verifier.update(signedBytes(tree));
            if (!verifier.verify(file.signature)) {
                throw altered(null);
            }
            return file;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw altered(e);
        }
    }

    /** The file as it is stored, with its signature. */
    public byte[] bytes() {
        return (Json.mapper().valueToTree(this).toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** What is signed: the canonical JSON of all properties but the signature. */
    public byte[] signedBytes() {
        return signedBytes(Json.mapper().valueToTree(this));
    }

    /** The same with a signature over {@link #signedBytes()}. */
    public CredentialsFile signed(byte[] by) {
        return new CredentialsFile(format, version, addresses, ca, vault, vaultId, policy, tags, token, expires, uses,
                by);
    }

    /**
     * SHA-256 over the signature, in hexadecimal. It tells files apart without telling the token.
     *
     * @throws IllegalStateException when the file is not signed
     */
    public String fingerprint() {
        if (signature == null) {
            throw new IllegalStateException("the file is not signed");
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(signature));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime offers no SHA-256", e);
        }
    }

    /**
     * The certificate of the vault's authority, to be pinned.
     *
     * @throws GeneralSecurityException when it is none
     */
    public X509Certificate authority() throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(ca.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Hides the token. */
    @Override
    public String toString() {
        return "CredentialsFile[" + vault + " at " + addresses + ", until " + expires + "]";
    }

    private static byte[] signedBytes(ObjectNode tree) {
        ObjectNode rest = tree.deepCopy();
        rest.remove("signature");
        return CanonicalJson.bytes(rest);
    }

    private static ObjectNode tree(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw unreadable("this is not a vault credentials file: it is too long", null);
        }
        try {
            if (STRICT.readValue(bytes) instanceof ObjectNode object) {
                return object;
            }
            throw unreadable("this is not a vault credentials file", null);
        } catch (IOException e) {
            throw unreadable("this is not a vault credentials file, or it has been damaged", e);
        }
    }

    private static HoldfastException unreadable(String message, @Nullable Throwable cause) {
        return new HoldfastException(Problem.INVALID_REQUEST, message,
                "Download a new file from the vault.", cause);
    }

    private static HoldfastException altered(@Nullable Throwable cause) {
        return new HoldfastException(Problem.SIGNATURE_INVALID,
                "the vault credentials file has been altered: its signature does not fit",
                "Download a new file from the vault, and carry it over in a way that does not change it.", cause);
    }
}
