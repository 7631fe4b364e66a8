package org.holdfast.api.spi.keys;

import java.util.Map;

/**
 * What is known of a passphrase that is stored; none of it is secret.
 *
 * @param vault name of the vault
 * @param host name of the server, for people
 * @param unique tells servers of one vault apart that have the same name, for example an id
 * @param tags more of what is known, by names that the constants here give
 * @param recover whether a passphrase that somebody deleted from the same place may be brought back first
 */
public record KeyNote(String vault, String host, String unique, Map<String, String> tags, boolean recover) {
    /** Name of the vault. */
    public static final String VAULT = "vault";
    /** Id of the server at the vault. */
    public static final String SERVER = "server";
    /** Name of the server. */
    public static final String HOST = "host";
    /** Id of the encryption domain that the passphrase opens. */
    public static final String DOMAIN = "domain";
    /** The program that stored it. */
    public static final String MADE_BY = "made-by";

    /** Copies. */
    public KeyNote {
        tags = Map.copyOf(tags);
    }

    /** A note without more. */
    public KeyNote(String vault, String host, String unique) {
        this(vault, host, unique, Map.of(), false);
    }

    /** The same, with a passphrase that was deleted brought back first, or not. */
    public KeyNote recovering(boolean wanted) {
        return new KeyNote(vault, host, unique, tags, wanted);
    }

    /** Whose passphrase it is, for people. */
    public String text() {
        return "Holdfast passphrase of " + host + " in the vault " + vault;
    }
}
