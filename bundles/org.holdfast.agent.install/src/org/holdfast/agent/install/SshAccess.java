package org.holdfast.agent.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;

import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/**
 * How to get onto hosts. Secrets in it belong to whoever made it and may be wiped when the run has ended.
 *
 * @param user who signs in where a host says nothing else
 * @param keys private keys to try
 * @param password for signing in, or null
 * @param agent socket of an SSH agent whose keys are tried as well, or null
 * @param jump host through which all others are reached, or null
 * @param sudo whether to become root with sudo where the user is not root
 * @param sudoPassword for sudo, or null when it asks for none
 */
public record SshAccess(String user, List<KeyPair> keys, char @Nullable [] password, @Nullable Path agent,
        @Nullable HostEntry jump, boolean sudo, char @Nullable [] sudoPassword) {
    /** Copies the list. */
    public SshAccess {
        keys = List.copyOf(keys);
    }

    /**
     * Reads a private key: OpenSSH's form, PEM or PKCS#8.
     *
     * @param passphrase of the file, or null when it has none; not wiped
     * @throws HoldfastException with {@link Problem#WRONG_PASSPHRASE} when the file needs another passphrase, with
     *         {@link Problem#INVALID_REQUEST} when there is no such file or it holds no private key
     */
    public static List<KeyPair> keys(Path file, char @Nullable [] passphrase) {
        var found = new ArrayList<KeyPair>();
        try (var in = Files.newInputStream(file)) {
            Iterable<KeyPair> all = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), in,
                    passphrase == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(new String(passphrase)));
            if (all != null) {
                all.forEach(found::add);
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (Files.isReadable(file) && isEncrypted(file)) {
                throw new HoldfastException(Problem.WRONG_PASSPHRASE,
                        "The private key '" + file + "' needs " + (passphrase == null ? "a" : "another")
                                + " passphrase.",
                        "Give the passphrase of the key, or let an SSH agent hold it.", e);
            }
            throw noKey(file, e);
        }
        if (found.isEmpty()) {
            throw noKey(file, null);
        }
        return found;
    }

    private static HoldfastException noKey(Path file, @Nullable Exception cause) {
        return new HoldfastException(Problem.INVALID_REQUEST,
                Files.isReadable(file) ? "'" + file + "' holds no private key."
                        : "The private key '" + file + "' cannot be read.",
                "Give the file of a private key that SSH knows.", cause);
    }

    /** Whether the key in a file is encrypted; also true for one that is damaged in the same place. */
    private static boolean isEncrypted(Path file) {
        try {
            String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
            // "none" as the cipher of OpenSSH's form, in base 64 behind its magic word.
            boolean open = text.contains("BEGIN OPENSSH PRIVATE KEY")
                    && text.replaceAll("\\s", "").contains("b3BlbnNzaC1rZXktdjEAAAAABG5vbmU");
            return text.contains("ENCRYPTED") || text.contains("BEGIN OPENSSH PRIVATE KEY") && !open;
        } catch (IOException e) {
            return false;
        }
    }

    /** Hides the secrets. */
    @Override
    public String toString() {
        return "SshAccess[" + user + (jump == null ? "" : " by " + jump.key()) + (sudo ? ", sudo" : "") + "]";
    }
}
