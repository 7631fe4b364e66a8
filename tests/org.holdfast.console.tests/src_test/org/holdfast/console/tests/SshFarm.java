package org.holdfast.console.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.shell.ProcessShellFactory;

/**
 * Many hosts in this process: one SSH server that is reached by many addresses of this computer, each of which is a
 * host with a folder of its own. Commands run in a shell that finds the host's own programs in front of the system's.
 */
final class SshFarm implements AutoCloseable {
    static final String PASSWORD = "let me in";
    static final String MACHINE = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
    private static final String INSTALLER = """
            #!/bin/sh
            dir= home= credentials= passphrase= register=yes
            while [ $# -gt 0 ]; do
              case $1 in
                --install-dir) dir=$2; shift ;;
                --home) home=$2; shift ;;
                --credentials) credentials=$2; shift ;;
                --passphrase-file) passphrase=$2; shift ;;
                --key-location | --cache | --proxy | --proxy-user | --proxy-password-file) shift ;;
                --no-register) register= ;;
                --no-service | --quiet) ;;
                *) echo "unknown option $1" >&2; exit 2 ;;
              esac
              shift
            done
            here=$(cd "$(dirname "$0")" && pwd)
            version=$(cat "$here/VERSION")
            mkdir -p "$dir/versions" "$home"
            if [ "$here" != "$dir/versions/$version" ]; then
              rm -rf "$dir/versions/$version"
              cp -r "$here" "$dir/versions/$version"
            fi
            ln -sfn "versions/$version" "$dir/current"
            [ -n "$register" ] || exit 0
            if [ -e "$home/fail-register" ]; then echo "The credentials file has expired." >&2; exit 3; fi
            cp "$passphrase" "$home/passphrase.got"
            vault=$(sed -n 's/.*"vaultId" *: *"\\([^"]*\\)".*/\\1/p' "$credentials")
            printf '{"serverId":"id-%s","vaultId":"%s","vault":"main","registered":"2026-11-23T10:00:00Z"}' \\
              "$(basename "$(dirname "$home")")" "$vault" > "$home/registration.json"
            """;

    private final Path folder;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    SshFarm(Path folder) throws Exception {
        this.folder = folder;
        server.setHost("0.0.0.0");
        server.setKeyPairProvider(KeyPairProvider.wrap(KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256)));
        server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.setCommandFactory(this::run);
        server.start();
    }

    private org.apache.sshd.server.command.Command run(ChannelSession channel, String command) throws IOException {
        String address = ((InetSocketAddress) channel.getSession().getIoSession().getLocalAddress()).getAddress()
                .getHostAddress();
        commands.add(address);
        Path home = folder.resolve(address);
        String own = command.replace("/opt/holdfast/agent", home + "/opt").replace("/var/lib/holdfast-agent",
                home + "/state").replace("/var/cache/holdfast-install", home + "/staging");
        return new ProcessShellFactory(own, "sh", "-c", "PATH=" + home + "/bin:$PATH; export PATH; " + own)
                .createShell(channel);
    }

    int port() {
        return server.getPort();
    }

    /** How many commands a host was sent. */
    long commands(String address) {
        return commands.stream().filter(address::equals).count();
    }

    /** Makes a host that everything goes well with. */
    void host(String address) {
        says(address, "id", "echo 0");
        says(address, "ldd", "echo glibc");
        says(address, "curl", "cat > /dev/null; printf 200");
    }

    /** Puts a program in front of the system's. */
    void says(String address, String program, String script) {
        write(address, "bin/" + program, "#!/bin/sh\n" + script + "\n");
        try {
            Files.setPosixFilePermissions(path(address, "bin/" + program),
                    PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The programs of a host that is full. */
    void full(String address) {
        says(address, "df", "echo Filesystem; echo 'disk 1000 990 10 99% /'");
    }

    void write(String address, String name, String text) {
        try {
            Files.createDirectories(path(address, name).getParent());
            Files.writeString(path(address, name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String address, String name) {
        return folder.resolve(address).resolve(name);
    }

    /** A package that installs nothing but notes what it was told. */
    static Path agent(Path folder) throws Exception {
        Path stage = folder.resolve("holdfast-agent-9.9.9");
        Files.createDirectories(stage.resolve("bin"));
        Files.writeString(stage.resolve("install.sh"), INSTALLER);
        Files.writeString(stage.resolve("VERSION"), "9.9.9\n");
        Path program = stage.resolve("bin/holdfast-agent");
        Files.writeString(program, "#!/bin/sh\nexit 0\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = folder.resolve("holdfast-agent-9.9.9-linux-" + MACHINE + ".tar.gz");
        int code = new ProcessBuilder("tar", "-C", folder.toString(), "-czf", file.toString(), "holdfast-agent-9.9.9")
                .inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("tar failed with " + code);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
