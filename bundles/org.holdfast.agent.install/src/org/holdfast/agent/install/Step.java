package org.holdfast.agent.install;

/** What is being done with a host, in this order. Constants are written to state files: never renamed. */
public enum Step {
    /** Waiting for its turn. */
    WAIT,
    /** Connecting and signing in. */
    CONNECT,
    /** Looking at system, room, clock, way to the vault, agent that is there. */
    CHECK,
    /** Bringing the package. */
    UPLOAD,
    /** Installing it. */
    INSTALL,
    /** Registering with the vault. */
    REGISTER,
    /** Waiting until the vault has heard of the agent. */
    CONTACT,
    /** Assigning policy, tags and folders. */
    ASSIGN,
    /** Over. */
    END
}
