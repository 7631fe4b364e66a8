package org.holdfast.agent.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.holdfast.agent.install.internal.PrivateFiles;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/**
 * The keys of hosts that were seen and confirmed, one for each host and port, in a file of the form that OpenSSH calls
 * known_hosts. Thread-safe. Several programs may have the file open; each keeps what the others have written.
 */
public final class HostKeys {
    /** What is known of a host's key. */
    public enum Verdict {
        /** It is the one. */
        KNOWN,
        /** No key of this host is known. */
        UNKNOWN,
        /** Another key of this host is known. */
        CHANGED
    }

    private final Path file;

    /** @param file need not be there yet, nor its folder */
    public HostKeys(Path file) {
        this.file = file;
    }

    /** Where they are. */
    public Path file() {
        return file;
    }

    /** The fingerprint people compare: {@code SHA256:} and base 64. */
    public static String fingerprint(PublicKey key) {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    }

    /** The kind of a key, for example {@code ssh-ed25519}. */
    public static String kind(PublicKey key) {
        return String.valueOf(KeyUtils.getKeyType(key));
    }

    /**
     * Compares a key with what is known of its host.
     *
     * @throws HoldfastException when the file cannot be read
     */
    public synchronized Verdict check(HostEntry host, PublicKey key) {
        String there = read().get(name(host));
        return there == null ? Verdict.UNKNOWN
                : there.equals(PublicKeyEntry.toString(key)) ? Verdict.KNOWN : Verdict.CHANGED;
    }

    /**
     * Remembers a key that was confirmed. One that is there is not replaced.
     *
     * @throws HoldfastException when the file cannot be written
     */
    public synchronized void remember(HostEntry host, PublicKey key) {
        var all = read();
        if (all.putIfAbsent(name(host), PublicKeyEntry.toString(key)) == null) {
            write(all);
        }
    }

    /**
     * Forgets the key of a host, after it was installed anew.
     *
     * @return false when none was known
     */
    public synchronized boolean forget(HostEntry host) {
        var all = read();
        boolean was = all.remove(name(host)) != null;
        if (was) {
            write(all);
        }
        return was;
    }

    /** As OpenSSH writes it: the port only when it is another than usual. */
    private static String name(HostEntry host) {
        String key = host.key();
        if (host.port() == HostEntry.SSH_PORT) {
            return key.substring(0, key.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
        }
        return key.startsWith("[") ? key : "[" + key.substring(0, key.lastIndexOf(':')) + "]:" + host.port();
    }

    private Map<String, String> read() {
        var all = new LinkedHashMap<String, String>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] words = line.strip().split("\\s+");
                if (words.length >= 3 && !words[0].startsWith("#") && !words[0].startsWith("@")) {
                    for (String name : words[0].split(",")) {
                        all.putIfAbsent(name, words[1] + " " + words[2]);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return all;
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "The file of known hosts '" + file + "' cannot be read: "
                    + e.getMessage() + ".", "Check the file and its permissions.", e);
        }
        return all;
    }

    private void write(Map<String, String> all) {
        var text = new StringBuilder();
        all.forEach((name, key) -> text.append(name).append(' ').append(key).append('\n'));
        try {
            PrivateFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "The file of known hosts '" + file
                    + "' cannot be written: " + e.getMessage() + ".", "Check the folder and its permissions.", e);
        }
    }
}
