package org.holdfast.vault.http;

/** Methods of HTTP that routes use. */
public enum Method {
    /** Reads; changes nothing. */
    GET,
    /** Reads only the headers. */
    HEAD,
    /** Makes something new or starts something. */
    POST,
    /** Replaces as a whole. */
    PUT,
    /** Changes parts. */
    PATCH,
    /** Takes away. */
    DELETE;

    /** Whether a call with this method may change something. */
    public boolean changes() {
        return this != GET && this != HEAD;
    }
}
