package org.holdfast.agent.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;

/**
 * A host of its own on a port of this computer: an SSH server in this process whose commands run in a folder, with
 * programs in front of the system's that say what the test wants.
 */
final class TestHost implements AutoCloseable {
    private final Path folder;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private volatile String user = "root";

    TestHost(Path folder) throws Exception {
        this.folder = folder;
        Files.createDirectories(folder.resolve("bin"));
        says("id", "echo 0");
        says("ldd", "echo glibc");
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(KeyUtils.generateKeyPair("ssh-rsa", 2048)));
        server.setPasswordAuthenticator((name, password, session) -> name.equals(user) && password.equals("let me in"));
        server.setCommandFactory((channel, command) -> {
            commands.add(command);
            return new ProcessShellFactory(command, "sh", "-c",
                    "PATH=" + folder.resolve("bin") + ":$PATH; export PATH; " + command).createShell(channel);
        });
        server.start();
    }

    /** Puts a program in front of the system's. */
    void says(String program, String script) throws IOException {
        Path file = folder.resolve("bin").resolve(program);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Lets another user in. */
    void user(String name) {
        user = name;
    }

    /** As a line of a list. */
    HostEntry entry() {
        return HostEntry.of("127.0.0.1", server.getPort());
    }

    PublicKey key() {
        try {
            return server.getKeyPairProvider().loadKeys(null).iterator().next().getPublic();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The command lines it was sent. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    Path resolve(String path) {
        return folder.resolve(path);
    }

    String read(String path) {
        try {
            return Files.readString(folder.resolve(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String path) {
        return Files.exists(folder.resolve(path));
    }

    void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
