package org.holdfast.console.client.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.holdfast.console.client.fleet.PrivateFiles;

/**
 * What this user's vault server has on the disk: the node's own folder, and beside it what the console remembers of it.
 * Whoever can read the password's file can read the node's keys as well.
 */
final class LocalFolder {
    static final String HOST = "127.0.0.1";

    private final Path root;

    /**
     * What a node that can be used says of itself.
     *
     * @param address {@code host:port}
     * @param process its id
     */
    record Node(String address, long process) {
    }

    LocalFolder(Path root) {
        this.root = root;
    }

    Path data() {
        return root.resolve("data");
    }

    /** What the program writes when it starts; its one-time secret among it. Only there while it starts. */
    Path output() {
        return root.resolve("start.txt");
    }

    /** The administrator's password. */
    Path password() {
        return root.resolve("administrator");
    }

    Optional<char[]> readPassword() throws IOException {
        return Files.exists(password())
                ? Optional.of(Files.readString(password(), StandardCharsets.UTF_8).strip().toCharArray())
                : Optional.empty();
    }

    void writePassword(char[] value) throws IOException {
        PrivateFiles.write(password(), (new String(value) + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a vault was made here before. */
    boolean isUsed() {
        return Files.exists(data().resolve("pki/ca.pem"));
    }

    /** Whether a process has this folder: it holds a lock as long as it lives. */
    boolean isRunning() {
        Path lock = data().resolve("lock");
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock mine = channel.tryLock()) {
            return mine == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Written by the node when it can be used, and removed when it ends. */
    Optional<Node> node() throws IOException {
        Path file = data().resolve("node");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() < 2 ? Optional.empty()
                : Optional.of(new Node(lines.getFirst().replaceFirst("^https://", ""), Long.parseLong(lines.get(1))));
    }

    /** SHA-256 of the node's authority, from its own file: nobody has to compare anything. */
    String fingerprint() throws IOException {
        try (InputStream in = Files.newInputStream(data().resolve("pki/ca.pem"))) {
            byte[] der = CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of the vault's authority cannot be read", e);
        }
    }

    /** The port of the last time when it is free, otherwise any free one. */
    int port() throws IOException {
        Path file = root.resolve("port");
        int last = Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        int port;
        try {
            port = bind(last);
        } catch (IOException e) {
            port = bind(0);
        }
        if (port != last) {
            PrivateFiles.write(file, (port + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return port;
    }

    private static int bind(int port) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }
}
