package org.holdfast.console.install;

/** Ids that other bundles and tests may name. */
public final class InstallIds {
    /** The part with the registrations of this session. */
    public static final String REGISTRATIONS = "org.holdfast.console.install.registrations";
    /** Command: opens the wizard that registers servers. */
    public static final String REGISTER = "org.holdfast.console.install.register";
    /** Its parameter: hosts to begin with, one a line; others that know of servers without an agent give it. */
    public static final String HOSTS = REGISTER + ".hosts";
    /** Extension point: where hosts come from. */
    public static final String DISCOVERY = "org.holdfast.console.install.serverDiscovery";
    /** Command: makes the line for those who bring the package to a server themselves. */
    public static final String ONE_LINE = "org.holdfast.console.install.oneLine";

    private InstallIds() {
    }
}
