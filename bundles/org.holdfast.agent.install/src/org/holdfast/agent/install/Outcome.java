package org.holdfast.agent.install;

/** What became of a host. Constants are written to state files and machine-readable output: never renamed. */
public enum Outcome {
    /** The agent is installed and registered, and the vault has heard of it. */
    DONE(true),
    /** An agent of this vault was there already; nothing had to be done but to assign what was asked for. */
    ALREADY_REGISTERED(true),
    /** Installed and registered; something should be looked at, which the message says. */
    DONE_WITH_WARNINGS(true),
    /** No connection. */
    UNREACHABLE(false),
    /** The host shows a key that nobody has confirmed. */
    HOST_KEY_UNKNOWN(false),
    /** The host shows another key than the one that is known. */
    HOST_KEY_CHANGED(false),
    /** It does not let this user in. */
    SIGN_IN_REFUSED(false),
    /** The user is not root and cannot become root. */
    NOT_ROOT(false),
    /** No package for its system or processor. */
    UNSUPPORTED(false),
    /** A program that the installation needs is missing. */
    TOOL_MISSING(false),
    /** Too little room on a disk. */
    NO_ROOM(false),
    /** Its clock is off by more than a day. */
    CLOCK_WRONG(false),
    /** The vault does not answer from there. */
    VAULT_UNREACHABLE(false),
    /** An agent that belongs to another vault is there. */
    OTHER_VAULT(false),
    /** An older agent of this vault is there, and it was not said that it is to be upgraded. */
    OLDER_AGENT(false),
    /** The package did not arrive whole. */
    UPLOAD_FAILED(false),
    /** The installation failed; what was there before is there now. */
    INSTALLATION_FAILED(false),
    /** The passphrase could not be kept, so nothing was registered. */
    PASSPHRASE_NOT_KEPT(false),
    /** Installed, but not registered. */
    REGISTRATION_FAILED(false),
    /** Registered, but the vault has not heard of the agent since. */
    NO_CONTACT(false),
    /** In contact, but policy, tags or folders could not be assigned. */
    ASSIGNMENT_FAILED(false),
    /** The connection broke in the middle. */
    CONNECTION_LOST(false),
    /** Somebody stopped it before its end. */
    STOPPED(false),
    /** A defect of Holdfast. */
    INTERNAL(false);

    private final boolean good;

    Outcome(boolean good) {
        this.good = good;
    }

    /** Whether the host has what it should have, so that it need not be tried again. */
    public boolean isGood() {
        return good;
    }
}
