package org.holdfast.agent.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.holdfast.crypto.x509.Authority;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.protocol.people.CredentialsFile;

/**
 * A package that installs nothing but notes what it was told, and behaves like the real one towards those who install
 * it. Its paths are in the folder of a {@link TestHost}, because the installer is told them.
 */
final class FakePackage {
    /** The vault that it registers with. */
    static final String VAULT_ID = "11111111-2222-3333-4444-555555555555";
    private static final Authority AUTHORITY = Authority.create("test", Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2046-01-01T00:00:00Z"));
    private static final String INSTALLER = """
            #!/bin/sh
            dir= home= credentials= passphrase= register=yes proxy=
            printf '%s\\n' "$*" > /dev/null
            all=$*
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
            printf '%s\\n' "$all" >> "$home/arguments"
            env >> "$home/environment"
            if [ -e "$home/fail-install" ]; then echo "the disk is on fire" >&2; exit 1; fi
            if [ "$here" != "$dir/versions/$version" ]; then
              rm -rf "$dir/versions/$version"
              cp -r "$here" "$dir/versions/$version"
            fi
            ln -sfn "versions/$version" "$dir/current"
            [ -n "$register" ] || exit 0
            [ ! -e "$home/registration.json" ] || exit 0
            if [ -e "$home/fail-register" ]; then echo "The credentials file has expired." >&2; exit 3; fi
            cp "$credentials" "$home/credentials.got"
            cp "$passphrase" "$home/passphrase.got"
            [ ! -e "$(dirname "$credentials")/proxy" ] || cp "$(dirname "$credentials")/proxy" "$home/proxy.got"
            printf '{"serverId":"id-%s","vaultId":"VAULT","vault":"docs","registered":"2026-11-23T10:00:00Z"}' \\
              "$(basename "$(dirname "$home")")" > "$home/registration.json"
            """.replace("VAULT", VAULT_ID);
    private static final String AGENT = """
            #!/bin/sh
            case $1 in
              run) touch "$3/started" ;;
              status) [ -e "$3/started" ] && [ ! -e "$3/mute" ] && echo '{"connected":true}' ||
                echo '{"connected":false,"problem":"no way to the vault"}' ;;
            esac
            """;

    private FakePackage() {
    }

    /** Makes one. */
    static AgentPackage make(Path folder, String version, String machine) throws Exception {
        Path stage = folder.resolve("holdfast-agent-" + version);
        Files.createDirectories(stage.resolve("bin"));
        Files.writeString(stage.resolve("install.sh"), INSTALLER);
        Files.writeString(stage.resolve("VERSION"), version + "\n");
        Files.writeString(stage.resolve("bin/holdfast-agent"), AGENT);
        // Something that does not become smaller, so that an upload takes a few blocks.
        byte[] noise = new byte[600_000];
        new java.util.Random(1).nextBytes(noise);
        Files.write(stage.resolve("noise"), noise);
        if (!stage.resolve("bin/holdfast-agent").toFile().setExecutable(true)) {
            throw new IOException("not executable");
        }
        Path file = folder.resolve("holdfast-agent-" + version + "-linux-" + machine + ".tar.gz");
        int code = new ProcessBuilder("tar", "-C", folder.toString(), "-czf", file.toString(),
                stage.getFileName().toString()).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("tar failed with " + code);
        }
        return AgentPackage.open(file);
    }

    /** A vault credentials file for it. */
    static byte[] credentials(String address) throws Exception {
        var file = new CredentialsFile(CredentialsFile.FORMAT, CredentialsFile.VERSION, List.of(address),
                Pem.ofCertificates(List.of(AUTHORITY.certificate())), "docs", VAULT_ID, null, List.of(),
                "the token of the credentials", Instant.parse("2026-12-24T00:00:00Z"), 100, null);
        return file.signed(AUTHORITY.sign(file.signedBytes())).bytes();
    }
}
