package org.holdfast.azure.internal.arm;

/** Versions of the interfaces of Azure that are spoken; each is one whose published examples the tests hold on to. */
final class Versions {
    static final String SUBSCRIPTIONS = "2022-12-01";
    static final String RESOURCES = "2025-04-01";
    static final String PROVIDERS = "2021-04-01";
    static final String STORAGE = "2023-05-01";
    static final String KEY_VAULT = "2023-07-01";
    static final String AUTHORIZATION = "2022-04-01";
    static final String RECOVERY = "2025-02-01";
    static final String BACKUP = "2025-02-01";

    private Versions() {
    }
}
