package org.holdfast.agent.install.internal.steps;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.InstallPlan.Options;
import org.holdfast.agent.install.InstallPlan.Proxy;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.internal.StepFailedException;
import org.holdfast.api.HoldfastException;

/** What goes to a host that nobody else may see, as the standard input of scripts. */
final class Secrets {
    private final Shared shared;
    private final HostEntry host;

    Secrets(Shared shared, HostEntry host) {
        this.shared = shared;
        this.host = host;
    }

    /** The proxy between the host and the vault, or null. */
    @Nullable
    Proxy proxy() {
        return proxy(host, shared.plan().options());
    }

    /** The proxy between a host and the vault, or null. */
    static @Nullable Proxy proxy(HostEntry host, Options options) {
        Proxy all = options.proxy();
        String own = host.proxy();
        if (own == null) {
            return all;
        }
        boolean same = all != null && all.address().equals(own);
        return own.isEmpty() ? null : same ? all : new Proxy(own, null, null);
    }

    /** What curl is to know of a proxy; without one it uses none, whatever the host's environment says. */
    static void curl(@Nullable Proxy proxy, OutputStream out) throws IOException {
        if (proxy == null) {
            return;
        }
        out.write(("proxy = \"http://" + proxy.address() + "\"\n").getBytes(StandardCharsets.UTF_8));
        if (proxy.user() != null) {
            char[] password = proxy.password();
            out.write(("proxy-user = \"" + escaped(proxy.user()) + ":"
                    + (password == null ? "" : escaped(new String(password))) + "\"\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /**
     * Has the passphrase kept, and makes ready what the agent registers with.
     *
     * @throws StepFailedException when it cannot be kept: then nothing is registered
     */
    Prepared prepare() throws StepFailedException {
        try {
            char[] passphrase = shared.keeper().passphrase(host, shared.credentials().vault());
            try {
                Proxy proxy = proxy();
                char[] password = proxy == null ? null : proxy.password();
                // Between its tokens JSON takes a blank for a line break, and inside of them there is none.
                byte[] credentials = new String(shared.plan().credentials(), StandardCharsets.UTF_8)
                        .replace("\r", " ").replace("\n", " ").getBytes(StandardCharsets.UTF_8);
                return new Prepared(credentials, utf8(passphrase), utf8(password == null ? new char[0] : password));
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        } catch (HoldfastException e) {
            throw new StepFailedException(Outcome.PASSPHRASE_NOT_KEPT,
                    "its passphrase could not be kept, so nothing was registered: " + e.getMessage(), e.advice(), e);
        } catch (IOException | RuntimeException e) {
            throw new StepFailedException(Outcome.PASSPHRASE_NOT_KEPT,
                    "its passphrase could not be kept, so nothing was"
                            + " registered: " + e.getMessage(),
                    "Check the place where passphrases are kept.", e);
        }
    }

    private static byte[] utf8(char[] chars) {
        var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    /** Three lines for the script. */
    record Prepared(byte[] credentials, byte[] passphrase, byte[] proxyPassword) implements AutoCloseable {
        void write(OutputStream out) throws IOException {
            for (byte[] line : new byte[][] { credentials, passphrase, proxyPassword }) {
                out.write(line);
                out.write('\n');
            }
            out.flush();
        }

        @Override
        public void close() {
            Arrays.fill(passphrase, (byte) 0);
            Arrays.fill(proxyPassword, (byte) 0);
        }
    }
}
