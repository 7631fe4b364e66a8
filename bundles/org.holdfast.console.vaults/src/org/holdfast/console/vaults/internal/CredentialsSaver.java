package org.holdfast.console.vaults.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.protocol.people.CredentialsFile;

/**
 * Gets a vault credentials file and stores it so that only this user can read it. The place is taken before the vault
 * is asked: a file that could not be stored would be a secret that is lost and still counts.
 */
public final class CredentialsSaver {
    private CredentialsSaver() {
    }

    /**
     * Stores what the vault gives out under a name that is not taken yet.
     *
     * @param background where files are touched
     * @return the file; fails when its name is taken, it cannot be stored or the vault says no
     */
    public static CompletableFuture<Path> save(Path file, Supplier<CompletableFuture<CredentialsFile>> vault,
            Executor background) {
        return CompletableFuture.supplyAsync(() -> reserve(file), background)
                .thenCompose(place -> vault.get().whenCompleteAsync((given, refused) -> {
                    if (refused != null) {
                        giveBack(place);
                    }
                }, background))
                .thenApplyAsync(given -> write(file, given), background);
    }

    private static Path reserve(Path file) {
        try (SeekableByteChannel out = Files.newByteChannel(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyMe())) {
            return file;
        } catch (FileAlreadyExistsException e) {
            throw failed(NLS.bind(Messages.save_exists, file), e);
        } catch (NoSuchFileException e) {
            throw failed(NLS.bind(Messages.save_noFolder, file.getParent()), e);
        } catch (IOException e) {
            throw failed(NLS.bind(Messages.save_failed, file, e.getMessage()), e);
        }
    }

    private static Path write(Path file, CredentialsFile given) {
        try (SeekableByteChannel out = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(given.bytes());
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            return file;
        } catch (IOException e) {
            throw failed(NLS.bind(Messages.save_lost, file, e.getMessage()), e);
        }
    }

    private static void giveBack(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HoldfastException failed(String message, IOException cause) {
        return new HoldfastException(Problem.INVALID_REQUEST, message, Messages.save_advice, cause);
    }

    private static FileAttribute<?>[] onlyMe() {
        // elsewhere the folders of a user are private by the access list they inherit
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] { PosixFilePermissions
                        .asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
                : new FileAttribute<?>[0];
    }
}
