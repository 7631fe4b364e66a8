package org.holdfast.vault.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.client.ClientSettings;
import org.holdfast.client.Identity;
import org.holdfast.client.RetryPolicy;
import org.holdfast.client.Trust;
import org.holdfast.client.VaultClient;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.data.CommitService;
import org.holdfast.vault.data.DataObserver;
import org.holdfast.vault.data.GrantService;
import org.holdfast.vault.data.Keeper;
import org.holdfast.vault.data.ObjectService;
import org.holdfast.vault.data.PermitService;
import org.holdfast.vault.data.ServerStores;
import org.holdfast.vault.data.SessionService;
import org.holdfast.vault.data.SlotService;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.http.internal.data.AgentDataEndpoints;
import org.holdfast.vault.http.internal.data.PeopleDataEndpoints;
import org.holdfast.vault.http.internal.data.PermitEndpoints;
import org.holdfast.vault.http.internal.system.MetricsEndpoints;

/** A node with the data path only: real TLS, real catalogue, real directory. It can be stopped and started again. */
public final class DataNode implements AutoCloseable {
    /** The vault of all servers that are not said to be of another one. */
    public static final UUID VAULT = new UUID(1, 1);

    /** What the names of clients begin with that are servers of another vault. */
    public static final String STRANGER = "other-vault-";

    private static final String TOKEN = "token-of-an-operator";

    private final TestPki pki;
    private final TlsIdentity.Current identity;
    private final Path folder;
    private final ObjectService.Policy policy;
    private final List<DataObserver> observers;
    private final Clock clock;
    private final StoreProvider provider;
    private final String root;
    private Catalog catalog;
    private ServerStores stores;
    private HttpServer server;
    private CommitService commits;
    private Keeper keeper;
    private GrantService grants;
    private SessionService sessions;
    private int port;

    /** Starts a node in an empty folder. */
    public DataNode(Path folder, ObjectService.Policy policy, Clock clock, DataObserver... observers) {
        this(folder, new TestPki("authority"), 0, policy, clock, observers);
    }

    /** Starts a node with objects somewhere else. */
    DataNode(Path folder, Clock clock, StoreProvider provider, String root) {
        this(folder, new TestPki("authority"), 0, ObjectService.Policy.STANDARD, clock, provider, root);
    }

    /** Starts a node that others know already, on a port they know. */
    DataNode(Path folder, TestPki pki, int port, ObjectService.Policy policy, Clock clock,
            DataObserver... observers) {
        this(folder, pki, port, policy, clock, new DirectoryStoreProvider(clock), folder.resolve("store").toString(),
                observers);
    }

    private DataNode(Path folder, TestPki pki, int port, ObjectService.Policy policy, Clock clock,
            StoreProvider provider, String root, DataObserver... observers) {
        this.provider = provider;
        this.root = root;
        this.pki = pki;
        this.identity = pki.node();
        this.port = port;
        this.folder = folder;
        this.policy = policy;
        this.clock = clock;
        this.observers = List.of(observers);
        start();
    }

    /** Starts it, on the port it had before. */
    public void start() {
        catalog = Catalog.open(folder.resolve("catalog"));
        stores = ServerStores.at(provider, root, clock);
        sessions = new SessionService(catalog, clock);
        ObjectService objects = new ObjectService(catalog, stores, observers, policy);
        commits = new CommitService(catalog, stores, observers, clock);
        grants = new GrantService(catalog, clock);
        keeper = new Keeper(catalog, stores, observers, clock);
        var vaults = new Vaults(catalog, clock);
        var observer = new MetricsEndpoints(List.of());
        var doorkeepers = new Doorkeepers(DataNode::person, DataNode::agent, new Everything(), entry -> {
        });
        server = new HttpServer(HttpSettings.of("127.0.0.1", port), () -> identity, doorkeepers, new NoRepetitions(),
                new Signals(), new EventBus(), observer, List.of(
                        new AgentDataEndpoints(sessions, objects, commits, grants,
                                new SlotService(catalog, stores, clock)),
                        new PermitEndpoints(sessions, grants, new PermitService(stores, objects)),
                        new PeopleDataEndpoints(vaults, catalog, objects, grants)));
        server.start();
        port = server.port();
    }

    /** Stops it as a person would. */
    public void stop() {
        server.close();
        stores.close();
        catalog.close();
    }

    private static Caller.Person person(String token, String address) {
        if (!token.equals(TOKEN)) {
            throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "token-unknown", "Nobody has that token.", "");
        }
        return new Caller.Person("operator", Set.of("operator"), "1");
    }

    private static Caller.Agent agent(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName().substring("CN=".length());
        boolean stranger = name.startsWith(STRANGER);
        return new Caller.Agent(stranger ? name.substring(STRANGER.length()) : name,
                (stranger ? new UUID(9, 9) : VAULT).toString(), certificate.getSerialNumber().toString(16));
    }

    /** A client of a server, with files of its own in the folder. */
    public VaultClient client(UUID agent) {
        return client(agent.toString(), RetryPolicy.NONE);
    }

    /** A client of a server that tries again. */
    public VaultClient client(String name, RetryPolicy retry) {
        return new VaultClient(settings(name).retrying(retry));
    }

    /** How a server reaches the node. */
    public ClientSettings settings(String name) {
        return settings(pki, folder, port, name);
    }

    static ClientSettings settings(TestPki pki, Path folder, int port, String name) {
        TestPki.Client own = pki.client(name, Instant.now().plus(Duration.ofDays(1)));
        try {
            Path files = Files.createDirectories(folder.resolve("clients").resolve(UUID.randomUUID().toString()));
            Path chain = Files.writeString(files.resolve("chain.pem"), pem("CERTIFICATE",
                    own.certificate().getEncoded()));
            Path key = Files.createFile(files.resolve("key.pem"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(key, pem("PRIVATE KEY", own.key().getPrivate().getEncoded()));
            return base(pki, port).as(new Identity.Certificate(chain, key));
        } catch (IOException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClientSettings base(TestPki pki, int port) {
        try {
            return ClientSettings.of(List.of("127.0.0.1:" + port),
                    new Trust.Authority(pem("CERTIFICATE", pki.authority().getEncoded()))).retrying(RetryPolicy.NONE);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client of a person. */
    public VaultClient person() {
        return new VaultClient(base(pki, port).as(new Identity.Token(TOKEN)));
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                + "-----\n";
    }

    /** The catalogue. */
    public Catalog catalog() {
        return catalog;
    }

    /** Commits. */
    public CommitService commits() {
        return commits;
    }

    /** Retention. */
    public Keeper keeper() {
        return keeper;
    }

    /** Stores of servers. */
    public ServerStores stores() {
        return stores;
    }

    /** Grants. */
    public GrantService grants() {
        return grants;
    }

    /** Sessions. */
    public SessionService sessions() {
        return sessions;
    }

    /** Where the objects of a server are. */
    public Path objects(UUID agent) {
        return folder.resolve("store").resolve(VAULT.toString()).resolve(agent.toString());
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        stop();
    }

    private static final class Everything implements Authorizer {
        @Override
        public boolean allows(Caller.Person person, String permission) {
            return true;
        }

        @Override
        public boolean knows(String permission) {
            return true;
        }
    }

    private static final class NoRepetitions implements IdempotencyStore {
        @Override
        public @Nullable Known begin(String id, String fingerprint) {
            return null;
        }

        @Override
        public void finish(String id, byte[] answer) {
            // remembers nothing
        }

        @Override
        public void release(String id) {
            // remembers nothing
        }
    }
}
