package org.holdfast.vault.http.internal.fleet;

import org.holdfast.protocol.common.Page;

/** Pages of the catalogue as they travel. */
final class Lists {
    /** Where a vault's things are. */
    static final String VAULT = "/api/v1/vaults/{vault}";

    private Lists() {
    }

    static <T> Page<T> page(org.holdfast.vault.catalog.Page<T> page) {
        return new Page<>(page.items(), page.next(), page.total());
    }
}
