package org.holdfast.agent.install;

import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;

/** The command for those who log on to a host themselves, or have tools of their own for that. */
public final class OneLine {
    private OneLine() {
    }

    /**
     * One line to paste on a host where package and credentials file lie in the current folder. It checks the package,
     * unpacks it into a temporary folder, installs and registers, and shows the passphrase that it makes, once.
     *
     * @param chosen the package
     * @param credentials the credentials file, of which only the name counts
     * @param proxy {@code host:port}, or null
     */
    public static String of(AgentPackage chosen, Path credentials, @Nullable String proxy) {
        String folder = "holdfast-agent-" + chosen.version();
        return "sudo sh -c " + quoted("set -e; umask 077; echo " + quoted(chosen.sha256() + "  ./" + chosen.name())
                + " | sha256sum -c --quiet; d=$(mktemp -d); trap \"rm -rf $d\" EXIT; tar -xzf "
                + quoted("./" + chosen.name())
                + " -C \"$d\"; sh \"$d\"/" + folder + "/install.sh --credentials "
                + quoted("./" + credentials.getFileName()) + " --generate-passphrase"
                + (proxy == null ? "" : " --proxy " + quoted(proxy)));
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9._/:+~-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
