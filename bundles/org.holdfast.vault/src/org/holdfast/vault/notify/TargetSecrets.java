package org.holdfast.vault.notify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.people.Secrets;
import org.holdfast.vault.pki.Pki;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps passwords of targets: AES-256-GCM with a key in a file of the data folder that only the vault's account can
 * read, so that a copy of the catalogue alone gives none of them away. Bound to the target, so that a row cannot be put
 * into another one. Thread-safe.
 */
@Component(service = TargetSecrets.class)
public final class TargetSecrets {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private static final String PURPOSE = "holdfast/v1/notify-key";

    private final Path file;
    private final Supplier<byte[]> first;
    private byte @Nullable [] key;

    /** Secrets of the node with these settings. */
    @Activate
    public TargetSecrets(@Reference VaultSettings settings, @Reference Pki pki) {
        // Other nodes with the same authority make the same key.
        this(settings.dataFolder().resolve("notify.key"), () -> pki.derive(PURPOSE));
    }

    /** Not public: the component runtime tells constructors apart by the number of their parameters alone. */
    TargetSecrets(Path file) {
        this(file, Secrets::bytes);
    }

    private TargetSecrets(Path file, Supplier<byte[]> first) {
        this.file = file;
        this.first = first;
    }

    /** Seals the secrets of a target; empty when there are none. */
    String seal(UUID target, Map<String, String> secrets) {
        if (secrets.isEmpty()) {
            return "";
        }
        try {
            byte[] nonce = Arrays.copyOf(Secrets.bytes(), NONCE);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, target).doFinal(Json.bytes(new TreeMap<>(secrets)));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException | IOException e) {
            throw new HoldfastException(Problem.INTERNAL, "the secrets cannot be kept: " + e.getMessage(),
                    "Check free space and rights of the data folder.", e);
        }
    }

    /**
     * Opens what {@link #seal} has made.
     *
     * @throws HoldfastException when the key is another one, or somebody has altered the row
     */
    Map<String, String> open(UUID target, String sealed) {
        if (sealed.isEmpty()) {
            return Map.of();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE), target).doFinal(bytes, NONCE,
                    bytes.length - NONCE);
            return Words.texts(new String(plain, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new HoldfastException(Problem.INTERNAL, "the secrets of the target cannot be read",
                    "The file " + file.getFileName() + " of the data folder is not the one they were kept with; enter"
                            + " them again.",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, UUID target) throws GeneralSecurityException, IOException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("holdfast/v1/target/" + target).getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private synchronized byte[] key() throws IOException {
        byte[] known = key;
        if (known == null) {
            if (!Files.exists(file)) {
                create(Base64.getEncoder().encodeToString(first.get()));
            }
            if (POSIX && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IOException(file.getFileName() + " can be read by others; take their rights away with"
                        + " chmod 600");
            }
            known = Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
            key = known;
        }
        return known;
    }

    private void create(String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        FileAttribute<?>[] rights = POSIX ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(OWNER) }
                : new FileAttribute<?>[0];
        try (FileChannel channel = FileChannel.open(temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
