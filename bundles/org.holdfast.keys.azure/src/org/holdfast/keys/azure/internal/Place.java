package org.holdfast.keys.azure.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/**
 * A Key Vault, something in it, or a version of that: {@code keyvault://HOST[:PORT][/NAME[/VERSION]]}, or the URLs that
 * Azure shows, {@code https://HOST[/secrets/NAME[/VERSION]]}.
 *
 * @param authority host, with a port when it has one
 * @param kind {@code secrets} or {@code keys}
 * @param name of a secret or key, empty for the vault as a whole
 * @param version empty for the newest
 */
public record Place(String authority, String kind, String name, String version) {
    /** Scheme of locations. */
    public static final String SCHEME = "keyvault";
    /** Secrets. */
    public static final String SECRETS = "secrets";
    /** Keys. */
    public static final String KEYS = "keys";
    // https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#objects-identifiers-and-versioning
    private static final int MOST_NAME = 127;
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z-]{1," + MOST_NAME + "}");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z]{1,64}");
    private static final String PREFIX = "holdfast-";
    private static final int MOST_PART = 40;
    private static final int HASH = 8;

    /**
     * Reads it.
     *
     * @throws HoldfastException when it is none
     */
    public static Place parse(String text, String kind) {
        try {
            URI uri = new URI(text.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String path = uri.getPath() == null ? "" : uri.getPath();
            if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null
                    || uri.getFragment() != null || !scheme.equals(SCHEME) && !scheme.equals("https")) {
                throw bad(text);
            }
            String[] parts = path.replaceAll("^/+|/+$", "").split("/", -1);
            int from = scheme.equals(SCHEME) ? 0 : 1;
            if (from == 1 && !parts[0].isEmpty() && !parts[0].equals(kind)
                    || parts.length > from + 2 || from == 1 && parts.length == 1 && !parts[0].isEmpty()) {
                throw bad(text);
            }
            String name = parts.length > from ? parts[from] : "";
            String version = parts.length > from + 1 ? parts[from + 1] : "";
            if (!name.isEmpty() && !NAME.matcher(name).matches()
                    || !version.isEmpty() && !VERSION.matcher(version).matches()) {
                throw bad(text);
            }
            String host = uri.getHost().toLowerCase(Locale.ROOT);
            boolean usual = uri.getPort() < 0 || uri.getPort() == 443;
            return new Place(usual ? host : host + ":" + uri.getPort(), kind, name, version);
        } catch (URISyntaxException e) {
            HoldfastException told = bad(text);
            told.addSuppressed(e);
            throw told;
        }
    }

    private static HoldfastException bad(String text) {
        return new HoldfastException(Problem.INVALID_REQUEST, "'" + text + "' is not the address of a Key Vault, nor of"
                + " anything in one.",
                "Give it as the portal shows it: https://NAME.vault.azure.net, or the identifier"
                        + " of a secret or key in it.");
    }

    /** Host without port. */
    public String host() {
        int colon = authority.indexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /** Whether it is a whole vault. */
    public boolean isVault() {
        return name.isEmpty();
    }

    /** Something of that name in the same vault. */
    public Place named(String other) {
        return new Place(authority, kind, other, "");
    }

    /** A version of it. */
    public Place at(String other) {
        return new Place(authority, kind, name, other);
    }

    /** URL of the vault, without a slash at the end. */
    public String url() {
        return "https://" + authority;
    }

    /** The identifier as Azure shows it. */
    public String id() {
        return name.isEmpty() ? url() : url() + "/" + kind + "/" + name + (version.isEmpty() ? "" : "/" + version);
    }

    /** As a location of ours. */
    public String location() {
        return SCHEME + "://" + authority + (name.isEmpty() ? "" : "/" + name)
                + (version.isEmpty() ? "" : "/" + version);
    }

    @Override
    public String toString() {
        return id();
    }

    /** The name of the secret of a server: readable, and another one for each server. */
    public static String nameFor(String vault, String host, String unique) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((vault + '\0' + unique).getBytes(StandardCharsets.UTF_8));
            return PREFIX + readable(vault) + "-" + readable(host) + "-"
                    + HexFormat.of().formatHex(hash).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String readable(String text) {
        String plain = text.replaceAll("[^0-9A-Za-z]+", "-").replaceAll("^-+|-+$", "");
        String cut = plain.substring(0, Math.min(plain.length(), MOST_PART)).replaceAll("-+$", "");
        return cut.isEmpty() ? "x" : cut;
    }
}
