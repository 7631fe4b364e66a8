package org.holdfast.azure;

import java.util.Locale;

/** How this program proves to Entra ID who it is. */
public enum CredentialKind {
    /** A secret of an application. */
    SECRET,
    /** A certificate of an application. */
    CERTIFICATE,
    /** A token that somebody else vouches with, for example Kubernetes. */
    WORKLOAD,
    /** The identity that Azure gives a machine or a service. */
    MANAGED,
    /** Whoever is signed in to Azure's own command line, for people. */
    CLI,
    /** The well-known account key of a local emulator; refused everywhere else. */
    DEVELOPMENT_KEY;

    /** As it is written in configuration. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
