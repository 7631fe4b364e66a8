package org.holdfast.agent.install;

import java.io.IOException;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.crypto.Passphrase;
import org.holdfast.crypto.PassphrasePolicy;

/**
 * Passphrases that somebody has typed, one for each host. They are kept by whoever typed them; here they are in memory
 * alone. Thread-safe.
 */
public final class GivenPassphrases implements PassphraseKeeper {
    private final Map<String, char[]> all = new HashMap<>();

    /** How good a passphrase is. */
    public enum Verdict {
        /** It may be used. */
        ACCEPTED,
        /** Shorter than {@value PassphrasePolicy#MIN_CHARACTERS} characters. */
        TOO_SHORT,
        /** Longer than {@value PassphrasePolicy#MAX_BYTES} bytes of UTF-8. */
        TOO_LONG
    }

    /** Judges a passphrase before it is given; it is not wiped. */
    public static Verdict judge(char[] passphrase) {
        if (Character.codePointCount(CharBuffer.wrap(passphrase), 0,
                passphrase.length) < PassphrasePolicy.MIN_CHARACTERS) {
            return Verdict.TOO_SHORT;
        }
        try (Passphrase secret = Passphrase.of(passphrase)) {
            return switch (PassphrasePolicy.check(secret).verdict()) {
                case ACCEPTED -> Verdict.ACCEPTED;
                case TOO_SHORT -> Verdict.TOO_SHORT;
                case TOO_LONG -> Verdict.TOO_LONG;
            };
        }
    }

    /** Takes the passphrase of a host; the array is copied, and wiped. */
    public synchronized void give(HostEntry host, char[] passphrase) {
        char[] before = all.put(host.key(), passphrase.clone());
        Arrays.fill(passphrase, '\0');
        if (before != null) {
            Arrays.fill(before, '\0');
        }
    }

    @Override
    public synchronized char[] passphrase(HostEntry host, String vault) throws IOException {
        @Nullable char[] there = all.get(host.key());
        if (there == null) {
            throw new IOException("none was given");
        }
        return there.clone();
    }

    @Override
    public synchronized boolean isKept(HostEntry host) {
        return all.containsKey(host.key());
    }

    @Override
    public void registered(HostEntry host, String serverId) {
        // Whoever typed it knows which host it is for.
    }

    @Override
    public synchronized void close() {
        all.values().forEach(one -> Arrays.fill(one, '\0'));
        all.clear();
    }
}
