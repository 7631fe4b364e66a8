package org.holdfast.agent.install;

import java.time.Duration;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.protocol.people.CredentialsFile;

/**
 * What is to happen with all hosts.
 *
 * @param access the way onto them
 * @param packages of the agent, one for each processor
 * @param credentials bytes of the vault credentials file
 * @param options the rest
 */
public record InstallPlan(SshAccess access, List<AgentPackage> packages, byte[] credentials, Options options) {
    /** How many hosts are worked on at once, unless somebody says otherwise. */
    public static final int PARALLEL = 8;
    /** Most hosts at once. */
    public static final int MOST_PARALLEL = 64;

    /**
     * Checks the credentials file.
     *
     * @throws HoldfastException when it is none or was altered, or there is no package
     */
    public InstallPlan {
        packages = List.copyOf(packages);
        credentials = credentials.clone();
        CredentialsFile.read(credentials);
        if (packages.isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "There is no package to install.",
                    "Make one with './holdfast package'.");
        }
    }

    /** The vault credentials file. */
    public CredentialsFile vault() {
        return CredentialsFile.read(credentials);
    }

    /** Its bytes. */
    @Override
    public byte[] credentials() {
        return credentials.clone();
    }

    /** Hides the credentials. */
    @Override
    public String toString() {
        return "InstallPlan[" + access + ", " + packages + ", " + options + "]";
    }

    /**
     * What holds for all hosts unless one says otherwise.
     *
     * @param policy to assign, or null for the one of the credentials file
     * @param tags to add
     * @param folders to protect instead of the policy's items
     * @param proxy to the vault, or null
     * @param keyLocation where the agent keeps its passphrase, or null for its own default
     * @param upgrade whether older agents of the same vault are replaced
     * @param parallel hosts at once, 1 to {@value InstallPlan#MOST_PARALLEL}
     * @param contactWithin how long the vault may take to hear of an agent
     * @param places where things go on hosts
     */
    public record Options(@Nullable String policy, List<String> tags, List<String> folders, @Nullable Proxy proxy,
            @Nullable String keyLocation, boolean upgrade, int parallel, Duration contactWithin, Places places) {
        /** Nothing special. */
        public static final Options DEFAULT = new Options(null, List.of(), List.of(), null, null, false, PARALLEL,
                Duration.ofSeconds(90), Places.DEFAULT);

        /** Copies. */
        public Options {
            tags = List.copyOf(tags);
            folders = List.copyOf(folders);
            if (parallel < 1 || parallel > MOST_PARALLEL) {
                throw new IllegalArgumentException(
                        "between 1 and " + MOST_PARALLEL + " hosts at once, not " + parallel);
            }
        }

        /** The same with policy, tags and folders. */
        public Options assigning(@Nullable String name, List<String> more, List<String> paths) {
            return new Options(name, more, paths, proxy, keyLocation, upgrade, parallel, contactWithin, places);
        }

        /** The same with a proxy. */
        public Options through(@Nullable Proxy other) {
            return new Options(policy, tags, folders, other, keyLocation, upgrade, parallel, contactWithin, places);
        }

        /** The same with another place of passphrases on hosts. */
        public Options keyAt(@Nullable String location) {
            return new Options(policy, tags, folders, proxy, location, upgrade, parallel, contactWithin, places);
        }

        /** The same, saying whether older agents are replaced. */
        public Options upgrading(boolean replace) {
            return new Options(policy, tags, folders, proxy, keyLocation, replace, parallel, contactWithin, places);
        }

        /** The same with another number of hosts at once. */
        public Options parallel(int hosts) {
            return new Options(policy, tags, folders, proxy, keyLocation, upgrade, hosts, contactWithin, places);
        }

        /** The same with another patience. */
        public Options contactWithin(Duration time) {
            return new Options(policy, tags, folders, proxy, keyLocation, upgrade, parallel, time, places);
        }

        /** The same with other places. */
        public Options at(Places other) {
            return new Options(policy, tags, folders, proxy, keyLocation, upgrade, parallel, contactWithin, other);
        }
    }

    /**
     * An HTTP proxy to the vault.
     *
     * @param address {@code host:port}
     * @param user or null
     * @param password or null; the agent keeps it in a file for root alone
     */
    public record Proxy(String address, @Nullable String user, char @Nullable [] password) {
        @Override
        public String toString() {
            return "Proxy[" + address + "]";
        }
    }

    /**
     * Where things go on hosts, absolute paths.
     *
     * @param install the program
     * @param home state of the agent
     * @param cache cache of the agent, or null for inside of its state
     * @param staging what is brought lies here until it is installed
     */
    public record Places(String install, String home, @Nullable String cache, String staging) {
        /** The usual ones. */
        public static final Places DEFAULT = new Places("/opt/holdfast/agent", "/var/lib/holdfast-agent", null,
                "/var/cache/holdfast-install");
    }
}
