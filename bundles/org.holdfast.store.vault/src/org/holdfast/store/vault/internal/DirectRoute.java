package org.holdfast.store.vault.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.client.ClientSettings;
import org.holdfast.client.Download;
import org.holdfast.client.Identity;
import org.holdfast.client.RemoteException;
import org.holdfast.client.RetryPolicy;
import org.holdfast.client.Trust;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.data.Arrival;
import org.holdfast.protocol.data.PermitAnswer;
import org.holdfast.protocol.data.PermitRequest;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStoreSettings;

/**
 * Packs to and from the place where the vault keeps them, with permits of the vault. Whenever that does not work, the
 * way through the vault is taken: a firewall that lets only the vault through costs speed and nothing else.
 * Thread-safe.
 */
final class DirectRoute implements AutoCloseable {
    /** A refused permit is asked for anew: it may have expired, or not have begun by the clock over there. */
    private static final int PERMITS = 3;
    private static final long DETOUR_NANOS = TimeUnit.MINUTES.toNanos(5);
    /** When it has never worked, a firewall is more likely than an outage. */
    private static final long LONG_DETOUR_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int KEPT = 1024;
    private static final RetryPolicy RETRY =
            new RetryPolicy(3, Duration.ofMillis(500), Duration.ofSeconds(20));

    private final VaultClient vault;
    private final Place place;
    private final RemoteSession session;
    private final VaultStoreSettings settings;
    private final Map<String, VaultClient> places = new ConcurrentHashMap<>();
    private final Map<String, Held> readable = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Held> eldest) {
            return size() > KEPT;
        }
    };
    /** Until when nothing is tried; null for always trying. */
    private volatile @Nullable Long detour;
    private volatile boolean never;
    private volatile boolean worked;

    /** @param end by this program's monotonic clock, a little before it really ends */
    private record Held(PermitAnswer permit, long end) {
    }

    DirectRoute(VaultClient vault, Place place, RemoteSession session, VaultStoreSettings settings) {
        this.vault = vault;
        this.place = place;
        this.session = session;
        this.settings = settings;
        // People's programs read through the vault: it notes who read what.
        this.never = place instanceof Place.OfServer;
    }

    private boolean isOpen() {
        Long until = detour;
        return !never && (until == null || System.nanoTime() - until > 0);
    }

    private void detour() {
        detour = System.nanoTime() + (worked ? DETOUR_NANOS : LONG_DETOUR_NANOS);
    }

    /**
     * Sends a pack.
     *
     * @param unpaced the same bytes, to be read here
     * @return false when it is there already, null when it has to go through the vault
     */
    @Nullable
    Boolean put(String name, Body.Stream body, Body.Opener unpaced) throws IOException {
        String md5 = "";
        for (int attempt = 1; attempt <= PERMITS && isOpen(); attempt++) {
            PermitAnswer permit = vault.send(session.in(Call.post("/agent/v1/permits",
                    new PermitRequest(name, PermitRequest.CREATE, body.length(), null))), PermitAnswer.class).body();
            if (permit.there()) {
                return false;
            }
            if (permit.address() == null) {
                never = true;
                return null;
            }
            md5 = md5.isEmpty() ? md5(unpaced) : md5;
            try {
                boolean made = send(permit, body, md5);
                worked = true;
                vault.send(session.in(Call.post("/agent/v1/permits/arrival", new Arrival(name, body.length()))),
                        Void.class);
                return made;
            } catch (RemoteException e) {
                if (e.status() != 403 && e.status() != 401) {
                    throw e;
                }
            } catch (HoldfastException e) {
                requirePassing(e);
                detour();
            }
        }
        if (isOpen()) {
            detour();
        }
        return null;
    }

    /** False when it is there; which after a lost answer is as good as having made it: names of packs are hashes. */
    private boolean send(PermitAnswer permit, Body.Stream body, String md5) {
        URI address = URI.create(String.valueOf(permit.address()));
        Call call = Call.put(target(address), body).header("Content-MD5", md5);
        for (Map.Entry<String, String> header : permit.headers().entrySet()) {
            call = call.header(header.getKey(), header.getValue());
        }
        try {
            return client(address, permit.trust()).exchange(call, answer -> {
                answer.stream().readAllBytes();
                return true;
            });
        } catch (RemoteException e) {
            if (e.status() == 409 || e.status() == 412) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Reads a range of a pack.
     *
     * @param length bytes, as many as the arrays hold together
     * @return how many were read, fewer only at the end of the pack; -1 when they have to come through the vault
     */
    int fetch(String name, long from, byte[][] into, int length) {
        for (int attempt = 1; attempt <= 2 && isOpen(); attempt++) {
            PermitAnswer permit = readable(name);
            if (permit.address() == null) {
                never = true;
                return -1;
            }
            URI address = URI.create(String.valueOf(permit.address()));
            Call call = Call.get(target(address)).header("Range", "bytes=" + from + "-" + (from + length - 1));
            for (Map.Entry<String, String> header : permit.headers().entrySet()) {
                call = call.header(header.getKey(), header.getValue());
            }
            try {
                return client(address, permit.trust()).exchange(call, answer -> {
                    if (answer.status() != 206) {
                        throw new IOException("The answer is not the range that was asked for.");
                    }
                    return scatter(answer, into, length, settings);
                });
            } catch (RemoteException e) {
                synchronized (readable) {
                    readable.remove(name);
                }
                if (e.status() != 403 && e.status() != 401) {
                    // The vault says the same, in words that everybody here understands.
                    return -1;
                }
            } catch (HoldfastException e) {
                requirePassing(e);
                detour();
            }
        }
        return -1;
    }

    /** The bytes of a range, laid into arrays one after the other. */
    static int scatter(Download answer, byte[][] into, int most, VaultStoreSettings settings) throws IOException {
        int size = (int) Math.min(most, answer.length() < 0 ? most : answer.length());
        InputStream in = new PacedStream(answer.stream(), settings.receiving());
        int done = 0;
        for (int i = 0; done < size; i++) {
            int wanted = Math.min(into[i].length, size - done);
            if (in.readNBytes(into[i], 0, wanted) < wanted) {
                throw new IOException("The answer ended early.");
            }
            done += wanted;
        }
        return size;
    }

    private PermitAnswer readable(String name) {
        synchronized (readable) {
            Held held = readable.get(name);
            if (held != null && System.nanoTime() - held.end() < 0) {
                return held.permit();
            }
        }
        String other = place instanceof Place.Other of ? of.server() : null;
        PermitAnswer permit = vault.send(Call.post("/agent/v1/permits",
                new PermitRequest(name, PermitRequest.READ, 0, other)), PermitAnswer.class).body();
        // Ours to use for a third of the least time that vaults give; what the clocks say does not matter then.
        var held = new Held(permit, System.nanoTime() + TimeUnit.MINUTES.toNanos(5));
        synchronized (readable) {
            readable.put(name, held);
        }
        return permit;
    }

    private static void requirePassing(HoldfastException e) {
        if (e.problem() == Problem.CANCELLED) {
            throw e;
        }
    }

    private static String target(URI address) {
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    private VaultClient client(URI address, @Nullable String trust) {
        int port = address.getPort() < 0 ? 443 : address.getPort();
        if (!"https".equals(address.getScheme())) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "The vault names a place without TLS.", "");
        }
        String where = address.getHost() + ":" + port;
        return places.computeIfAbsent(where + "\n" + trust, key -> {
            ClientSettings own = vault.settings();
            return new VaultClient(ClientSettings
                    .of(java.util.List.of(where), trust == null ? new Trust.Machine() : new Trust.Authority(trust))
                    .as(new Identity.Nobody()).through(own.proxy()).within(own.connectTimeout(), own.timeout())
                    .retrying(RETRY).named(own.program()));
        });
    }

    private static String md5(Body.Opener bytes) throws IOException {
        try (InputStream in = bytes.open()) {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] piece = new byte[128 << 10];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                md5.update(piece, 0, n);
            }
            return Base64.getEncoder().encodeToString(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    @Override
    public void close() {
        places.values().forEach(VaultClient::close);
    }
}
