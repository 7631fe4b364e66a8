package org.holdfast.vault.http.internal.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.remote.StoreCheck;
import org.holdfast.api.spi.store.remote.StoreCheck.Finding;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.PendingScript;

/** Looks whether a node could start with its settings, and what a start would change; changes nothing itself. */
final class StartCheck {
    private static final double GIB = 1 << 30;
    private static final long TIGHT = 1 << 30;

    private final VaultSettings settings;
    private final PrintStream out;
    private final Function<String, List<Finding>> checks;
    private boolean good = true;

    /** @param checks looks at places that are no folders */
    StartCheck(VaultSettings settings, PrintStream out, Function<String, List<Finding>> checks) {
        this.settings = settings;
        this.out = out;
        this.checks = checks;
    }

    private void found(Finding finding) {
        String word = switch (finding.level()) {
            case GOOD -> "ok";
            case WARNING -> "warning";
            case BAD -> "failed";
        };
        good &= finding.level() != StoreCheck.Level.BAD;
        print(word, finding.what(), finding.text());
    }

    private void print(String word, String what, @Nullable String text) {
        out.printf(Locale.ROOT, "%-8s %-14s %s%n", word, what, text);
    }

    /** Prints a line for each thing looked at; returns whether the node could start. */
    boolean run() {
        look("data folder", () -> {
            if (Files.isDirectory(settings.dataFolder())) {
                DataFolder.requireOurs(settings.dataFolder(), null);
            }
            return folder(settings.dataFolder());
        });
        look("certificates", this::certificates);
        Path objects = settings.storeFolder();
        if (objects != null) {
            look("object folder", () -> folder(objects));
        } else {
            checks.apply(settings.storeLocation()).forEach(this::found);
        }
        look("listening", this::port);
        look("catalogue", this::catalog);
        settings.publicAddresses().forEach(address -> look("address", () -> resolve(address)));
        return good;
    }

    /** A result that begins with an exclamation mark is a warning. */
    private void look(String what, Callable<String> step) {
        String result;
        String word = "ok";
        try {
            result = step.call();
            if (result.startsWith("!")) {
                word = "warning";
                result = result.substring(1);
            }
        } catch (Exception e) {
            good = false;
            word = "failed";
            result = e.getMessage();
        }
        print(word, what, result);
    }

    private static String folder(Path folder) throws IOException {
        Path there = there(folder);
        if (there == null || !Files.isDirectory(there)) {
            throw new IOException(there + " is not a folder");
        }
        if (!Files.isWritable(there)) {
            throw new IOException(there + " cannot be written by this user");
        }
        long free = Files.getFileStore(there).getUsableSpace();
        String text = String.format(Locale.ROOT, "%s, %.1f GiB free", folder, free / GIB)
                + (there.equals(folder) ? "" : ", will be made");
        return free < TIGHT ? "!" + text : text;
    }

    private static @Nullable Path there(Path folder) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }

    private String port() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
            return settings.host() + ":" + settings.port();
        } catch (IOException e) {
            throw new IOException(settings.host() + ":" + settings.port() + ": " + e.getMessage(), e);
        }
    }

    private String certificates() throws IOException, CertificateException {
        Path authority = settings.pkiFolder().resolve("ca.pem");
        Path node = settings.pkiFolder().resolve("server.pem");
        if (!Files.exists(authority)) {
            return "will be made";
        }
        if (!Files.isReadable(settings.pkiFolder().resolve("ca.key"))) {
            throw new IOException("the key of the authority cannot be read in " + settings.pkiFolder());
        }
        return "authority until " + end(authority)
                + (Files.exists(node) ? ", node until " + end(node) : ", that of the node will be made");
    }

    private static String end(Path pem) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(pem)) {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(in);
            return certificate.getNotAfter().toInstant().toString().substring(0, 10);
        }
    }

    private String catalog() {
        if (settings.catalog().isEmbedded() && !Files.exists(settings.dataFolder().resolve("catalog"))) {
            return "will be made";
        }
        List<PendingScript> pending = Catalog.pending(settings.catalog());
        if (pending.isEmpty()) {
            return "up to date";
        }
        return "a start changes its schema: " + String.join(", ",
                pending.stream().map(script -> script.version() + " " + script.description()).toList());
    }

    private static String resolve(String address) {
        String host = HostPort.parse(address, VaultSettings.DEFAULT_PORT).host();
        try {
            return address + " is " + InetAddress.getByName(host).getHostAddress();
        } catch (IOException e) {
            return "!" + address + " is not known to this host's name service";
        }
    }
}
