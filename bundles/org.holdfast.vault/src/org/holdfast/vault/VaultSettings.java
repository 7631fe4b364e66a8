package org.holdfast.vault;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.CatalogSettings;

/**
 * What a vault node is told when it starts; everything else is in its data folder and its catalogue.
 *
 * @param dataFolder the node's own files: keys, certificates, the embedded catalogue
 * @param host address to listen on
 * @param port port to listen on, 0 for any free one
 * @param catalog where the catalogue is
 * @param storeLocation where objects of protected servers are kept: a folder, or what another kind of store takes
 * @param publicAddresses {@code host:port} under which agents and people reach the node, at least one; the first one is
 *        preferred. Names and addresses in them are put into the server's certificate
 */
public record VaultSettings(Path dataFolder, String host, int port, CatalogSettings catalog, String storeLocation,
        List<String> publicAddresses) {

    /** The port when nobody names another. */
    public static final int DEFAULT_PORT = 8443;

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    /** Checks the values. */
    public VaultSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        publicAddresses = List.copyOf(publicAddresses);
    }

    /** Everything below one folder, with the embedded catalogue. */
    public static VaultSettings embedded(Path dataFolder, String host, int port, List<String> publicAddresses) {
        return new VaultSettings(dataFolder, host, port, CatalogSettings.embedded(dataFolder.resolve("catalog")),
                dataFolder.resolve("store").toString(), publicAddresses);
    }

    /** The folder of objects; null when they are not in a folder. */
    public @Nullable Path storeFolder() {
        return isFolder(storeLocation) ? Path.of(storeLocation) : null;
    }

    /** Whether a location is a path and not what begins with a scheme; one letter and a colon are a drive. */
    public static boolean isFolder(String location) {
        return !SCHEME.matcher(location).matches();
    }

    /** The folder of keys and certificates. */
    public Path pkiFolder() {
        return dataFolder.resolve("pki");
    }

    /** The folder below which seeds are put: first backups that come on a disk. */
    public Path seedFolder() {
        return dataFolder.resolve("seeds");
    }

    /** The same with the port that was really taken. */
    public VaultSettings withPort(int taken) {
        return new VaultSettings(dataFolder, host, taken, catalog, storeLocation, publicAddresses);
    }

    /** The same with other public addresses. */
    public VaultSettings withPublicAddresses(List<String> addresses) {
        return new VaultSettings(dataFolder, host, port, catalog, storeLocation, addresses);
    }
}
