package org.holdfast.vault.http.internal.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.catalog.CatalogSettings;

/**
 * The command line of a vault node.
 *
 * @param settings what the node is told
 * @param readyFile file that is there as long as the node can be used, with the port in it; may be null
 * @param check only look whether the node could start, and change nothing
 * @param rescue give the account of the first administrator a new one-time secret
 */
record ServeOptions(VaultSettings settings, @Nullable Path readyFile, boolean check, boolean rescue) {

    static final String HELP = """
            Usage: vault serve --data DIR [options]
                   vault check --data DIR [options]   the same as serve with --check

            Runs a vault node. The first start makes everything it needs in DIR and prints the name and the one-time
            secret of its administrator; the next one needs nothing but DIR.

              --data DIR              folder of the node: keys, certificates, catalogue, objects, log
              --listen HOST:PORT      where to listen; 0.0.0.0:8443 when not given, port 0 for any free one
              --address HOST[:PORT]   under which agents and people reach the node; may be repeated; this host's name
                                      when not given
              --catalog URL           jdbc:postgresql://HOST/DATABASE instead of the embedded database
              --catalog-user NAME     account at that database
              --catalog-password-file FILE
                                      file whose first line is its password
              --store DIR|LOCATION    folder of the objects of protected servers, or
                                      azure://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX]; DIR/store when not given
              --ready-file FILE       file that is there as long as the node can be used
              --rescue-administrator  print a new one-time secret for admin, when nobody can sign in any more
              --check                 only look whether it could start and what a start would change
              --help                  this text
            """;
    private static final Set<String> WITH_VALUE = Set.of("--data", "--listen", "--address", "--catalog",
            "--catalog-user", "--catalog-password-file", "--store", "--ready-file");

    /**
     * Reads a command line, with or without the word {@code serve} in front.
     *
     * @param arguments the command line
     * @param hostName how this host calls itself
     * @throws IllegalArgumentException with a sentence about what is wrong
     */
    static ServeOptions parse(List<String> arguments, String hostName) {
        Map<String, List<String>> values = new TreeMap<>();
        boolean check = false;
        boolean rescue = false;
        String word = arguments.isEmpty() ? "" : arguments.getFirst();
        int i = word.equals("serve") || word.equals("check") ? 1 : 0;
        check = word.equals("check");
        while (i < arguments.size()) {
            String argument = arguments.get(i++);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (argument.equals("--check")) {
                check = true;
            } else if (argument.equals("--rescue-administrator")) {
                rescue = true;
            } else if (!WITH_VALUE.contains(name)) {
                throw new IllegalArgumentException("there is no option '" + argument + "'");
            } else if (equals < 0 && i == arguments.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            } else {
                String value = equals < 0 ? arguments.get(i++) : argument.substring(equals + 1);
                values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        String ready = one(values, "--ready-file");
        return new ServeOptions(settings(values, hostName), ready == null ? null : Path.of(ready).toAbsolutePath(),
                check, rescue);
    }

    private static VaultSettings settings(Map<String, List<String>> values, String hostName) {
        String data = one(values, "--data");
        if (data == null) {
            throw new IllegalArgumentException("--data is missing: the folder that the node keeps its own files in");
        }
        Path folder = Path.of(data).toAbsolutePath().normalize();
        String listen = one(values, "--listen");
        HostPort where = HostPort.parse(listen == null ? "0.0.0.0" : listen, VaultSettings.DEFAULT_PORT);
        List<String> addresses = values.getOrDefault("--address", List.of()).stream()
                .map(text -> HostPort.parse(text, where.port()).toString()).toList();
        if (addresses.isEmpty()) {
            addresses = List.of(new HostPort(where.isEverywhere() ? hostName : where.host(), where.port()).toString());
        }
        String store = one(values, "--store");
        return new VaultSettings(folder, where.host(), where.port(), catalog(values, folder),
                store == null ? folder.resolve("store").toString() : location(store), addresses);
    }

    private static String location(String store) {
        return VaultSettings.isFolder(store) ? Path.of(store).toAbsolutePath().normalize().toString() : store;
    }

    private static CatalogSettings catalog(Map<String, List<String>> values, Path folder) {
        String url = one(values, "--catalog");
        String user = one(values, "--catalog-user");
        String passwordFile = one(values, "--catalog-password-file");
        if (url == null) {
            if (user != null || passwordFile != null) {
                throw new IllegalArgumentException("--catalog-user and --catalog-password-file go with --catalog");
            }
            return CatalogSettings.embedded(folder.resolve("catalog"));
        }
        return new CatalogSettings(url, user == null ? "" : user, passwordFile == null ? "" : firstLine(passwordFile));
    }

    private static String firstLine(String file) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new IllegalArgumentException("the password cannot be read from " + file + ": " + e.getMessage(), e);
        }
    }

    /** The same with a free port in the place of port 0, in its addresses too: other programs are told them. */
    ServeOptions withRealPort() throws IOException {
        if (settings.port() != 0) {
            return this;
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(settings.host()))) {
            int port = free.getLocalPort();
            List<String> addresses = settings.publicAddresses().stream()
                    .map(text -> HostPort.parse(text, 0))
                    .map(address -> new HostPort(address.host(), address.port() == 0 ? port : address.port()))
                    .map(HostPort::toString).toList();
            return new ServeOptions(settings.withPort(port).withPublicAddresses(addresses), readyFile, check,
                    rescue);
        }
    }

    private static @Nullable String one(Map<String, List<String>> values, String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw new IllegalArgumentException(name + " is given twice");
        }
        return given.isEmpty() ? null : given.getFirst();
    }
}
