package org.holdfast.vault.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.crypto.x509.CertificateRequest;
import org.holdfast.crypto.x509.EcKeys;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.CompleteRegistration;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.catalog.CatalogSettings;
import org.holdfast.vault.http.HttpServer;
import org.holdfast.vault.http.HttpSettings;
import org.holdfast.vault.people.FirstAdministrator;
import org.holdfast.vault.people.SecurityPins;
import org.holdfast.vault.people.SignIn;
import org.holdfast.vault.pki.Pki;

/**
 * A whole vault node in this process: all components of the vault, a loopback port, a folder. Started a second time
 * over the same folder it goes on with what is there, as the product does.
 */
public final class VaultNode implements AutoCloseable {
    /** What {@link #signIn()} sets as the administrator's password. */
    public static final String PASSWORD = "correct horse battery staple";

    private static final String[] PACKAGES = { "org.holdfast.vault", "org.holdfast.notify",
            "org.holdfast.store.directory" };

    private final Wiring wiring;
    private final VaultSettings settings;
    private final HttpServer server;
    private final @Nullable FirstAdministrator administrator;

    private VaultNode(Builder builder) {
        ClassLoader loader = VaultNode.class.getClassLoader();
        wiring = new Wiring(loader, Components.find(loader, PACKAGES));
        settings = builder.settings();
        wiring.give(Clock.class, builder.clock);
        wiring.give(VaultSettings.class, settings);
        wiring.give(CatalogSettings.class, settings.catalog());
        wiring.give(HttpSettings.class, builder.http.apply(HttpSettings.of(settings.host(), settings.port())));
        builder.more.forEach(each -> each.accept(wiring));
        try {
            Path objects = settings.storeFolder();
            if (objects != null) {
                Files.createDirectories(objects);
            }
            administrator = wiring.one(SignIn.class).first().orElse(null);
            if (!builder.pins) {
                wiring.one(SecurityPins.class).setRequired(false);
            }
            server = wiring.one(HttpServer.class);
            wiring.makeImmediate();
            server.start();
        } catch (IOException | RuntimeException e) {
            wiring.close();
            throw new IllegalStateException("the node cannot start: " + e.getMessage(), e);
        }
    }

    /** A node in a folder, with the embedded catalogue and any free port. */
    public static VaultNode start(Path folder) {
        return in(folder).start();
    }

    /** Begins to describe a node in a folder. */
    public static Builder in(Path folder) {
        return new Builder(folder);
    }

    /** What it was told. */
    public VaultSettings settings() {
        return settings;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return server.port();
    }

    /** Where it is, without a slash at the end. */
    public String url() {
        return "https://127.0.0.1:" + port();
    }

    /** The certificate of its authority as PEM. */
    public String authorityPem() {
        return wiring.one(Pki.class).authorityPem();
    }

    /** The administrator that the first start has made, with the one-time secret; null at later starts. */
    public @Nullable FirstAdministrator administrator() {
        return administrator;
    }

    /** A client that is not signed in. To be closed by the caller. */
    public NodeClient client() {
        return new NodeClient(url(), authorityPem(), null);
    }

    /**
     * Signs the first administrator in, who changes the one-time secret to {@value #PASSWORD} before.
     *
     * @throws IllegalStateException when this is not the first start
     */
    public NodeClient signIn() {
        FirstAdministrator first = administrator;
        if (first == null) {
            throw new IllegalStateException("the administrator was made at an earlier start");
        }
        NodeClient nobody = client();
        NodeClient before = nobody.login(first.name(), first.secret());
        before.send("POST", "/api/v1/users/" + first.name() + "/password",
                Json.text(new ChangePassword(first.secret(), PASSWORD)));
        return nobody.login(first.name(), PASSWORD);
    }

    /**
     * Registers a server the way an agent does, with keys that mean nothing.
     *
     * @param administrator who may give out credentials
     * @param vault name of a vault that is there
     * @param machineId 16 to 100 characters
     * @return a client with the server's certificate
     */
    public NodeClient enrol(NodeClient administrator, String vault, String machineId) {
        CredentialsFile file = administrator.call("POST", "/api/v1/vaults/" + vault + "/credentials",
                new CreateCredentials(null, List.of(), null, null), CredentialsFile.class);
        KeyPair keys = EcKeys.generate();
        EnrolAnswer answer = administrator.as(null).call("POST", "/agent/v1/enrol",
                new EnrolRequest(file.token(), null, CertificateRequest.create(keys, "server"), machineId, machineId,
                        "Test 1", "0.1.0"),
                EnrolAnswer.class);
        try {
            NodeClient agent = new NodeClient(url(), authorityPem(), keys.getPrivate(),
                    Pem.certificates(answer.certificates()));
            byte[] seed = MessageDigest.getInstance("SHA-256").digest(machineId.getBytes(StandardCharsets.UTF_8));
            agent.send("POST", "/agent/v1/registration/complete", Json.text(new CompleteRegistration(
                    HexFormat.of().formatHex(seed, 0, 16), seed, seed, "test", null)));
            return agent;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server itself, with its routes. */
    public HttpServer server() {
        return server;
    }

    /** Any component by a service that it provides. */
    public <T> T get(Class<T> service) {
        return wiring.one(service);
    }

    /** Stops it in order. */
    @Override
    public void close() {
        wiring.close();
    }

    /** Describes a node. */
    public static final class Builder {
        private final Path folder;
        private final List<Consumer<Wiring>> more = new ArrayList<>();
        private Clock clock = Clock.systemUTC();
        private UnaryOperator<HttpSettings> http = UnaryOperator.identity();
        private @Nullable CatalogSettings catalog;
        private @Nullable String store;
        private int port;
        private boolean pins;

        private Builder(Path folder) {
            this.folder = folder;
        }

        /** Another clock than the system's. */
        public Builder clock(Clock other) {
            clock = other;
            return this;
        }

        /** Another catalogue than the embedded one. */
        public Builder catalog(CatalogSettings other) {
            catalog = other;
            return this;
        }

        /** Another folder for objects. */
        public Builder store(Path other) {
            return store(other.toString());
        }

        /** Another location for objects; the kind of store that takes it has to be on the class path. */
        public Builder store(String location) {
            store = location;
            return this;
        }

        /** Critical calls need a security PIN, as they do in a vault that nobody has told otherwise. */
        public Builder pins() {
            pins = true;
            return this;
        }

        /** A certain port. */
        public Builder port(int certain) {
            port = certain;
            return this;
        }

        /** Other bounds of the server. */
        public Builder http(UnaryOperator<HttpSettings> change) {
            http = change;
            return this;
        }

        /** Provides something in place of a component, or besides others. */
        public <T> Builder with(Class<T> service, T value) {
            more.add(wiring -> wiring.give(service, value));
            return this;
        }

        /** Starts it. */
        public VaultNode start() {
            return new VaultNode(this);
        }

        private VaultSettings settings() {
            int taken = port != 0 ? port : freePort();
            CatalogSettings where = catalog != null ? catalog : CatalogSettings.embedded(folder.resolve("catalog"));
            String objects = store != null ? store : folder.resolve("store").toString();
            return new VaultSettings(folder, "127.0.0.1", taken, where, objects, List.of("127.0.0.1:" + taken));
        }

        // addresses go into credentials, so the port has to be known before the server listens
        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new IllegalStateException("no port is free", e);
            }
        }
    }
}
