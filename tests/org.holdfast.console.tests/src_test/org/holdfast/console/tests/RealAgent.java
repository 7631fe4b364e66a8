package org.holdfast.console.tests;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.protocol.people.CredentialsFile;

/** A real agent in this process, registered with a fleet's node, with a folder of its own to protect. */
final class RealAgent implements AutoCloseable {
    static final String PASSPHRASE = "correct horse battery staple";

    private final Path folder;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final FutureTask<Integer> running;

    /** Registers it in the vault "main" and starts it. */
    RealAgent(Fleet fleet, Path folder) throws IOException {
        this(fleet, folder, PASSPHRASE);
    }

    /** The same with a passphrase of its own. */
    RealAgent(Fleet fleet, Path folder, String secret) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.createDirectories(data());
        var credentials = fleet.people().call("POST", "/api/v1/vaults/main/credentials",
                new CreateCredentials(null, List.of(), null, null), CredentialsFile.class);
        Path file = Files.write(folder.resolve("credentials.json"), Json.bytes(credentials));
        Path passphrase = Files.createFile(folder.resolve("typed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passphrase, secret);
        Path safe = Files.createDirectories(folder.resolve("safe"));
        int code = run(List.of("register", "--home", home(), "--credentials", file.toString(), "--passphrase-file",
                passphrase.toString(), "--key-location", "file:" + safe.resolve("passphrase"), "--new-machine"),
                stopping);
        if (code != 0) {
            throw new IllegalStateException("The agent could not be registered: " + code);
        }
        running = new FutureTask<>(() -> run(List.of("run", "--home", home()), stopping));
        Thread.ofPlatform().daemon().name("agent " + folder.getFileName()).start(running);
    }

    private String home() {
        return folder.resolve("home").toString();
    }

    /** What it protects. */
    Path data() {
        return folder.resolve("data");
    }

    /** Its program is no API of its bundle, so it is called the way a start script does. */
    private static int run(List<String> arguments, CountDownLatch stopping) {
        try {
            return (int) Class.forName("org.holdfast.agent.AgentMain")
                    .getMethod("run", List.class, CountDownLatch.class).invoke(null, arguments, stopping);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            running.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("The agent did not end in order", e);
        }
    }
}
