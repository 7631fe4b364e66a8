package org.holdfast.store.azure.internal;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a store is: {@code azure://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX]}, the same with {@code https:}, and
 * for an emulator on this machine {@code azure://127.0.0.1:10000/ACCOUNT/CONTAINER[/PREFIX]}, or without TLS
 * {@code azure+http:}.
 *
 * @param text what the person typed
 * @param endpoint of the account
 * @param account name
 * @param container name
 * @param prefix of all names, empty or with a slash at the end
 */
public record AzureLocation(String text, URI endpoint, String account, String container, String prefix) {
    private static final String SCHEME = "azure://";
    private static final String PLAIN = "azure+http://";
    private static final String WEB = "https://";
    // Names of containers, from "Naming and referencing containers, blobs, and metadata" of the service.
    private static final Pattern CONTAINER = Pattern.compile("(?=.{3,63}$)[a-z0-9](?:-?[a-z0-9])*");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern HERE = Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

    /** Whether a location is meant for Azure. */
    public static boolean isMeant(String location) {
        String lower = location.toLowerCase(Locale.ROOT);
        return lower.startsWith(SCHEME) || lower.startsWith(PLAIN)
                || lower.startsWith(WEB) && lower.substring(WEB.length()).split("/", 2)[0].contains(".blob.");
    }

    /**
     * Reads a location.
     *
     * @throws IllegalArgumentException with a sentence about what is wrong
     */
    public static AzureLocation parse(String location) {
        boolean plain = location.regionMatches(true, 0, PLAIN, 0, PLAIN.length());
        int start = location.indexOf("://") + 3;
        List<String> parts = Arrays.asList(location.substring(start).replaceFirst("/+$", "").split("/", -1));
        String authority = parts.getFirst();
        String host = authority.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        boolean here = HERE.matcher(host).matches();
        if (plain && !here) {
            throw new IllegalArgumentException("'" + location + "': without TLS only an emulator on this machine can be"
                    + " used. Begin it with azure://.");
        }
        // An address has no place for the name of an account, so it is the first part of the path.
        boolean inPath = here || ADDRESS.matcher(host).matches();
        int used = inPath ? 2 : 1;
        if (parts.size() <= used || authority.isEmpty()) {
            throw new IllegalArgumentException("'" + location + "' names no container. Give "
                    + "azure://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX].");
        }
        String container = parts.get(used);
        if (!CONTAINER.matcher(container).matches()) {
            throw new IllegalArgumentException("'" + container + "' cannot be the name of a container: 3 to 63 lower "
                    + "case letters, digits and single hyphens.");
        }
        List<String> below = parts.subList(used + 1, parts.size());
        below.stream().filter(part -> !SEGMENT.matcher(part).matches()).findFirst().ifPresent(part -> {
            throw new IllegalArgumentException("'" + part + "' cannot be a part of a prefix: letters, digits, dots, "
                    + "hyphens and underscores, and no dot in front.");
        });
        String account = inPath ? parts.get(1) : host.substring(0, Math.max(0, host.indexOf('.')));
        if (account.isEmpty()) {
            throw new IllegalArgumentException("'" + location + "' names no storage account.");
        }
        URI endpoint = URI.create((plain ? "http://" : WEB) + authority + (inPath ? "/" + account : ""));
        return new AzureLocation(location, endpoint, account, container,
                below.stream().map(part -> part + "/").collect(Collectors.joining()));
    }

    /** Whether it is on this machine, which can only be an emulator. */
    public boolean isHere() {
        return HERE.matcher(endpoint.getHost().toLowerCase(Locale.ROOT)).matches();
    }
}
